import { replayOf, runsOf, searchFailure } from './check-sequences';
import { modelConfig } from './config';
import { noFault } from './faults/fault';
import { memorySystem } from './memory/system';
import { play } from './play/play';

/** What must have come up, so that sequences that say nothing are noticed; the rarest come up once in a thousand. */
const outcomes = [
  ...['hold.place done', 'hold.place refused SEAT_TAKEN', 'hold.place refused SEAT_NOT_FOUND'],
  ...['hold.place refused SEAT_LIMIT_EXCEEDED', 'hold.place refused PERFORMANCE_STARTED'],
  ...['hold.place refused PERFORMANCE_CANCELLED', 'payment.pay refused PERFORMANCE_CANCELLED'],
  ...['hold.release done', 'hold.release refused HOLD_NOT_FOUND', 'hold.release refused HOLD_EXPIRED'],
  ...['hold.release refused HOLD_RELEASED', 'hold.release refused HOLD_ALREADY_PAID'],
  ...['hold.expire done', 'hold.expire deferred'],
  ...['points.charge done', 'points.charge refused BALANCE_LIMIT_EXCEEDED'],
  ...['points.use done', 'points.use refused POINTS_INSUFFICIENT'],
  ...['payment.pay done', 'payment.pay refused HOLD_NOT_FOUND', 'payment.pay refused HOLD_EXPIRED'],
  ...['payment.pay refused HOLD_RELEASED', 'payment.pay refused HOLD_ALREADY_PAID'],
  ...['reservation.cancel done', 'reservation.cancel refused RESERVATION_NOT_FOUND'],
  ...['reservation.cancel refused ALREADY_CANCELLED', 'reservation.cancel refused SEAT_NOT_RESERVED'],
  ...['reservation.cancel refused CANCELLATION_CLOSED', 'reservation.cancel refused REFUND_TOO_LARGE'],
  ...['seat.block done', 'seat.block skipped', 'seat.block refused PERFORMANCE_CANCELLED', 'seat.unblock done'],
  ...['hold.place refused SEAT_BLOCKED', 'reservation.issue done', 'reservation.issue refused SEAT_TAKEN'],
  ...['reservation.issue refused SEAT_NOT_FOUND', 'reservation.issue refused PERFORMANCE_CANCELLED'],
  ...['standby.join done', 'standby.join refused SEATS_AVAILABLE', 'standby.join refused STANDBY_EXISTS'],
  ...['standby.join refused SEAT_LIMIT_EXCEEDED', 'standby.leave done', 'standby.leave refused STANDBY_ENDED'],
  ...['standby.offer done', 'standby.close done'],
  ...['payment.pay refused POINTS_INSUFFICIENT', 'hold.place done over an ended hold'],
];

const runs = runsOf('FRONTROW_MODEL_RUNS', 10_000);

test(`commands do what the model does, over ${runs} random sequences`, async () => {
  const config = modelConfig();
  const tally = new Map<string, number>();
  const replay = replayOf();
  const search = { runs, replay, longest: 40 };
  const failure = await searchFailure((steps) => play(memorySystem(config, noFault), steps, tally), search);
  expect(failure).toBeNull();
  const least = replay.path ? 0 : Math.floor(runs / 5000);
  expect(outcomes.filter((outcome) => (tally.get(outcome) ?? 0) < least)).toEqual([]);
}, 1_800_000);
