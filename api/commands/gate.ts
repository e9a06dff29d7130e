import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandRequest } from '../../shared/commands/new-command';
import type { Room } from '../../shared/concerts/concert.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { type Accepted, findReplay, replayOf } from './accept';

interface Attempt<K extends CommandKind> {
  context: ApiContext;
  gate: Room;
  request: CommandRequest<K>;
  queueToken: string | undefined;
}

/**
 * Lets holders of an active queue token through (null). When the gate refuses, a repeat of what was accepted earlier
 * still gets its first answer: a client that never saw the outcome must be able to ask after its visit has ended.
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
    if (command) return replayOf(command);
    throw error;
  }
}
