import { Notice } from '../../ui/notice';
import type { Refusal } from '../commands/intent';
import { messages } from '../messages/messages';

/** A command that was refused for a reason without words of its own. */
export function RefusalNotice({ refusal }: { refusal: Refusal }) {
  const { problems } = messages.value;
  const words = new Map<string, string>([
    ['BALANCE_LIMIT_EXCEEDED', problems.balanceLimit],
    ['WALLET_IN_DEBT', problems.inDebt],
    ['HOLD_ALREADY_PAID', problems.alreadyPaid],
    ['HOLD_NOT_FOUND', problems.holdNotFound],
    ['PERFORMANCE_STARTED', problems.started],
    ['PERFORMANCE_CANCELLED', problems.calledOff],
    ['CANCELLATION_CLOSED', problems.cancellationClosed],
    ['ALREADY_CANCELLED', problems.alreadyCancelled],
    ['SEATS_AVAILABLE', problems.seatsAvailable],
    ['STANDBY_EXISTS', problems.standbyExists],
    ['STANDBY_ENDED', problems.standbyEnded],
    ['SEAT_LIMIT_EXCEEDED', problems.seatLimit],
    ['SEAT_HELD_TOO_OFTEN', problems.heldTooOften],
    ['NO_SEATS_TOGETHER', problems.noSeatsTogether(refusal.together ?? 0)],
    ['TOO_MANY_UNPAID_HOLDS', problems.tooManyUnpaid],
    ['PERFORMANCE_NOT_FOUND', problems.performanceNotFound],
  ]).get(refusal.code);
  if (words) return <Notice kind="warn" alert title={words} />;
  return (
    <Notice kind="bad" alert title={problems.ours}>
      <p>
        {problems.oursMore} <span class="soft">{problems.code(refusal.code)}</span>
      </p>
    </Notice>
  );
}
