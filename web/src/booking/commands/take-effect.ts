import { who } from '../../platform/session';
import { forgetHold } from '../holds/my-holds';
import { storeBalance } from '../points/balance';
import { forgetToken } from '../waiting-room/queue-tokens';
import type { Intent, Outcome } from './intent';

const endings = ['QUEUE_TOKEN_EXPIRED', 'QUEUE_TOKEN_INVALID'];

/** What an outcome changes about what all tabs know. */
export function applyOutcome({ command, userId }: Intent, { result, refusal }: Outcome): void {
  if (typeof result?.balance === 'number') storeBalance(userId, result.balance);
  // Places and holds are those of whoever is signed in.
  if (who.peek()?.userId !== userId) return;
  if (command.kind === 'pay' && result) {
    forgetHold(command.holdId);
    // Paying ends the visit.
    forgetToken(command.concertId, 'completed');
  }
  if (command.kind === 'release' && result) forgetHold(command.holdId);
  if ('concertId' in command && refusal && endings.includes(refusal.code))
    forgetToken(command.concertId, 'session-over');
}
