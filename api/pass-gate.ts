import type { CommandKind } from '../shared/commands/catalogue';
import type { CommandRequest } from '../shared/commands/new-command';
import { Problem } from '../shared/platform/errors';
import type { Room } from '../shared/waiting-room/room';
import { type Accepted, findReplay } from './accept-command';
import type { ApiContext } from './api-context';

interface Attempt<K extends CommandKind> {
  context: ApiContext;
  gate: Room;
  request: CommandRequest<K>;
  queueToken: string | undefined;
  /** Looks again whether this request needs a queue token at all. */
  isOpenNow(): Promise<boolean>;
}

/**
 * Lets holders of an active queue token through (null). When the gate refuses, a repeat of what was accepted earlier
 * still gets its first answer: paying ends the token, and the client that never saw the outcome must be able to ask.
 * @throws Problem QUEUE_TOKEN_…, IDEMPOTENCY_KEY_REUSED
 */
export async function passGate<K extends CommandKind>(attempt: Attempt<K>): Promise<Accepted | null> {
  const { context, gate, request, queueToken } = attempt;
  try {
    await context.waitingRoom.gate(gate, request.userId, queueToken);
    return null;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 403) throw error;
    const command = await findReplay(context, request);
    if (command) return { command, replayed: true };
    // Between the first look and the gate, another payment of the same hold may have ended the token.
    if (await attempt.isOpenNow()) return null;
    throw error;
  }
}
