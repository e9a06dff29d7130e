import type { z } from 'zod';
import type { CommandKind, PayloadOf } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { CommandRequest } from '../../shared/commands/new-command';
import type { Room } from '../../shared/concerts/concert.model';
import type { Context } from '../../shared/context';
import { Problem, type ProblemCode } from '../../shared/platform/errors';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import type { Content, Endpoint } from '../http/endpoint';
import { preferredWait } from '../http/prefer';
import { type Call, type Route, route } from '../http/route';
import type { AcceptCommand } from './accept';
import {
  acceptErrors,
  acceptedDescription,
  acceptedResponse,
  commandHeaders,
  gatedHeaders,
  gateErrors,
} from './command-docs';
import { type Accepted, confirmStored } from './command-store';
import { passGate, replayOrRefuse } from './gate';
import { presentJob, retryAfter } from './job';
import type { Outcomes } from './wait-for-outcome';

/** What the endpoint of a command needs of the context. */
interface CommandContext extends Pick<Context, 'config' | 'models' | 'clock'> {
  acceptCommand: AcceptCommand;
  outcomes: Outcomes;
  waitingRoom: WaitingRoom;
}

/** What an endpoint makes of a request: the command's payload, and who may give it. */
interface Prepared<K extends CommandKind> {
  payload: PayloadOf<K>;
  /** The waiting room whose active visitors only may do this; null for everybody. */
  gate: Room | null;
  /** Why it is not accepted, unless it is a repeat of what was. */
  refusal?: Problem;
  /** Called when no command comes of it. */
  abandon?(): void;
}

type CommandCall<P extends z.ZodObject, B> = Pick<
  Call<'user', P, z.ZodObject, typeof gatedHeaders, B>,
  'user' | 'params' | 'body'
>;

interface CommandDefinition<K extends CommandKind, P extends z.ZodObject, B extends z.ZodType, S extends z.ZodType, C>
  extends Omit<Endpoint, 'auth' | 'query' | 'headers' | 'queueToken' | 'responses'> {
  kind: K;
  params?: P;
  body?: Content<B>;
  /** What the job gives when done. */
  result: Content<S>;
  /** Why the job may be refused. */
  refusals: readonly ProblemCode[];
  /** Whether a Queue-Token header is read. */
  gated?: boolean;
  prepare(call: CommandCall<P, z.output<B>>, context: C): Prepared<K> | Promise<Prepared<K>>;
  /** Gets each job that is answered. */
  onAnswer?(job: CommandDoc, context: C): void;
}

/** An endpoint that accepts one kind of command: reads the key, passes the gate, stores, waits if asked to, answers 202. */
export function commandRoute<
  K extends CommandKind,
  S extends z.ZodType,
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodOptional<z.ZodObject<Record<never, never>>>,
  C = unknown,
>(definition: CommandDefinition<K, P, B, S, C>): Route<C & CommandContext> {
  const { kind, gated = false, prepare, onAnswer, result, refusals, errors, ...endpoint } = definition;
  return route({
    ...endpoint,
    refusals,
    auth: 'user',
    description: acceptedDescription(definition.description, refusals),
    headers: gated ? gatedHeaders : commandHeaders,
    ...(gated && { queueToken: 'required' as const }),
    responses: { 202: acceptedResponse(kind, result, refusals) },
    errors: [...acceptErrors, ...(gated ? gateErrors : []), ...errors],
    handler: async (call, context: C & CommandContext) => {
      const headers: z.output<typeof gatedHeaders> = call.headers;
      const { 'idempotency-key': key, prefer, 'queue-token': queueToken } = headers;
      if (!key) throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
      const prepared = await prepare(call as CommandCall<P, z.output<B>>, context);
      const { payload } = prepared;
      const request: CommandRequest<K> = { kind, payload, userId: call.user.id, key, requestId: call.requestId };
      const seconds = preferredWait(prefer, context.config.MAX_WAIT_SECONDS);
      const accepted = await accept(context, prepared, request, queueToken, Boolean(seconds)).catch(
        (error: unknown) => {
          prepared.abandon?.();
          throw error;
        },
      );
      if (accepted.replayed) prepared.abandon?.();
      const job = await outcomeOf(context, accepted, seconds);
      onAnswer?.(job, context);
      return present(job, accepted.replayed, seconds);
    },
  });
}

async function accept<K extends CommandKind>(
  context: CommandContext,
  { gate, refusal }: Prepared<K>,
  request: CommandRequest<K>,
  queueToken: string | undefined,
  awaitsOutcome: boolean,
): Promise<Accepted> {
  if (refusal) return replayOrRefuse(context, request, refusal);
  const replay = gate && (await passGate({ context, gate, request, queueToken }));
  return replay ?? context.acceptCommand(request, { awaitsOutcome });
}

/** The command as it is after that many seconds, or once it is final. */
async function outcomeOf(
  context: CommandContext,
  { command, confirmed }: Accepted,
  seconds: number | null,
): Promise<CommandDoc> {
  const job = seconds === null ? command : await context.outcomes.wait(command, seconds * 1000);
  if (job.status === 'accepted' && !confirmed) await confirmStored(context, job);
  return job;
}

function present(job: CommandDoc, replayed: boolean, seconds: number | null) {
  const headers = {
    Location: `/v1/jobs/${job._id}`,
    ...(replayed && { 'Idempotency-Replayed': 'true' }),
    ...(seconds !== null && { 'Preference-Applied': `wait=${seconds}` }),
    ...retryAfter(job),
  };
  return { status: 202 as const, headers, body: presentJob(job) };
}
