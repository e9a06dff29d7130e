import { Notice } from '../../ui/notice';
import type { Refusal } from '../commands/intent';
import { messages } from '../messages/messages';

/** A command that was refused for a reason without words of its own. */
export function RefusalNotice({ refusal }: { refusal: Refusal }) {
  const { troubles } = messages.value;
  const words = new Map<string, string>([
    ['BALANCE_LIMIT_EXCEEDED', troubles.balanceLimit],
    ['HOLD_ALREADY_PAID', troubles.alreadyPaid],
    ['HOLD_NOT_FOUND', troubles.holdNotFound],
    ['PERFORMANCE_STARTED', troubles.started],
    ['SEAT_LIMIT_EXCEEDED', troubles.seatLimit],
    ['SEAT_HELD_TOO_OFTEN', troubles.heldTooOften],
    ['TOO_MANY_UNPAID_HOLDS', troubles.tooManyUnpaid],
    ['PERFORMANCE_NOT_FOUND', troubles.performanceNotFound],
  ]).get(refusal.code);
  if (words) return <Notice kind="warn" alert title={words} />;
  return (
    <Notice kind="bad" alert title={troubles.ours}>
      <p>
        {troubles.oursMore} <span class="soft">{troubles.code(refusal.code)}</span>
      </p>
    </Notice>
  );
}
