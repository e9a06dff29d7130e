import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandRequest } from '../../shared/commands/new-command';
import type { Room } from '../../shared/concerts/concert.model';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { type Accepted, findReplay, replayOf } from './command-store';

interface Attempt<K extends CommandKind> {
  context: Pick<Context, 'models' | 'clock'> & { waitingRoom: WaitingRoom };
  gate: Room;
  request: CommandRequest<K>;
  queueToken: string | undefined;
}

/**
 * Admits requests with an active queue token (null). When the gate refuses, a repeat of what was accepted earlier
 * still gets its first answer: a client that never saw the outcome must be able to ask after its session has ended.
 * @throws Problem QUEUE_TOKEN_…, IDEMPOTENCY_KEY_REUSED
 */
export async function passGate<K extends CommandKind>(attempt: Attempt<K>): Promise<Accepted | null> {
  const { context, gate, request, queueToken } = attempt;
  try {
    await context.waitingRoom.gate(gate, request.userId, queueToken);
    // The line may be set to open later while people are in already.
    if (gate.opensAt && gate.opensAt.getTime() > context.clock.now())
      throw new Problem('QUEUE_TOKEN_NOT_ACTIVE', {
        detail: `Nobody holds seats before ${gate.opensAt.toISOString()}.`,
      });
    return null;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 403) throw error;
    return replayOrRefuse(context, request, error);
  }
}

/** The first answer to what was accepted earlier. @throws the refusal when it is no repeat, Problem IDEMPOTENCY_KEY_REUSED */
export async function replayOrRefuse<K extends CommandKind>(
  context: Attempt<K>['context'],
  request: CommandRequest<K>,
  refusal: Problem,
): Promise<Accepted> {
  const command = await findReplay(context, request);
  if (command) return replayOf(command);
  throw refusal;
}
