import { forgetHold } from '../holds/my-holds';
import { forgetPlace } from '../line/places';
import { learnBalance } from '../points/balance';
import type { Command, Outcome } from './intent';

const endings = ['QUEUE_TOKEN_EXPIRED', 'QUEUE_TOKEN_INVALID'];

/** What an outcome changes about what all tabs know. */
export function takeEffect(command: Command, { result, refusal }: Outcome): void {
  if (typeof result?.balance === 'number') learnBalance(result.balance);
  if (command.kind === 'pay' && result) {
    forgetHold(command.holdId);
    // Paying ends the visit.
    forgetPlace(command.concertId, 'completed');
  }
  if (command.kind === 'release' && result) forgetHold(command.holdId);
  if ('concertId' in command && refusal && endings.includes(refusal.code))
    forgetPlace(command.concertId, 'session-over');
}
