import { blockOverHeld, freedBlockGoesOn, givenTwice } from './blocks-over';
import { debitApart } from './debit-apart';
import { expireNotWaiting } from './expire-not-waiting';
import type { Fault } from './fault';
import { feeLost } from './fee-lost';
import { fenceNotChecked } from './fence-not-checked';
import { noExpiryCheck } from './no-expiry-check';
import { noUniqueIndex } from './no-unique-index';
import { offeredToTwo } from './offered-to-two';
import { overtaken } from './overtaken';
import { entryOfNothing, giftPaidBack } from './points-for-nothing';
import { refundApart } from './refund-apart';
import { refundTwice } from './refund-twice';
import { swallowedDuplicate } from './swallowed-duplicate';
import { twoHoldsAtOnce } from './two-holds-at-once';
import { walkFromZero } from './walk-from-zero';
import { writeOutside } from './write-outside';

interface PlantedFault {
  name: string;
  fault: Fault;
  /** What a failure says that is this fault and no other. */
  shows: RegExp;
}

/** Faults of handlers, for sequences in memory. */
export const faultsOfHandlers: PlantedFault[] = [
  {
    name: 'no expiry check',
    fault: noExpiryCheck,
    // What it comes to instead depends on what else is wrong with the hold.
    shows: /payment\.pay\).* must be .*(HOLD_EXPIRED|PERFORMANCE_CANCELLED)/,
  },
  {
    name: 'expire not waiting for an accepted payment',
    fault: expireNotWaiting,
    shows: /hold\.expire\).* must be .*deferred.*not .*done/,
  },
  {
    name: 'refund apart from the seat',
    fault: refundApart,
    shows: /(wallets|ledgers) user_|POINTS_INSUFFICIENT|balance/,
  },
  {
    name: 'move not followed',
    fault: { forgetsToOutdate: true },
    shows: /(hold\.place|reservation\.cancel|payment\.pay|standby\.join)\).* must be /,
  },
  { name: 'walk restarted from zero', fault: walkFromZero, shows: /has a refund already/ },
  { name: 'offer to two', fault: offeredToTwo, shows: /E11000.*holds seatIds|schedules \w+ for no offer/ },
  {
    name: 'standby overtaken',
    fault: overtaken,
    shows: /schedules \w+ for no offer|standby job_|hold\.\w+\).* must be/,
  },
  { name: 'fee lost', fault: feeLost, shows: /reservations job_.*"fee":0.*but must be/ },
  { name: 'block over a held seat', fault: blockOverHeld, shows: /seat\.block\).* must be .*"status":"held"/ },
  { name: 'freed block goes on', fault: freedBlockGoesOn, shows: /seat\.block\).* must be .*skipped/ },
  {
    name: 'complimentary seats given twice',
    fault: givenTwice,
    shows: /reservation\.issue\).* must be .*SEAT_TAKEN|E11000.*reservations|is skipped, and carried out/,
  },
  {
    name: 'complimentary seats paid back',
    fault: giftPaidBack,
    shows: /reservation\.cancel\).* must be .*("refunded":0|REFUND_TOO_LARGE)/,
  },
  { name: 'entry of nothing', fault: entryOfNothing, shows: /(wallets|ledgers) user_/ },
  {
    name: 'double refund on repeat',
    fault: refundTwice,
    shows: /reservation\.cancel\).* must be .*ALREADY_CANCELLED.*not .*done/,
  },
];

/** Faults of writing, for both kinds of store. */
export const faultsOfWriting: PlantedFault[] = [
  { name: 'write outside the transaction', fault: writeOutside, shows: /E11000.*(entry_|pointEntries)|ledgers user_/ },
  {
    name: 'no unique index',
    fault: noUniqueIndex,
    // A second command of one gift has the record of the first.
    shows: /repeated became|with another body|E11000.*adminActions|issue\) was never accepted/,
  },
  {
    name: 'swallowed duplicate key',
    fault: swallowedDuplicate,
    shows: /repeated became|with another body|accepted beside|E11000.*adminActions/,
  },
  { name: 'two holds of a user at once', fault: twoHoldsAtOnce, shows: /accepted beside a hold in progress/ },
  {
    name: 'debit apart from the sale',
    fault: debitApart,
    shows: /(wallets|ledgers) user_|POINTS_INSUFFICIENT|balance/,
  },
  {
    name: 'fence not checked',
    fault: fenceNotChecked,
    shows: /lost (reservation|wallet)-0\d.* but the batch named nothing|must be .*PERFORMANCE_CANCELLED/,
  },
];
