import { z } from 'zod';
import type { CommandKind, PayloadOf } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { CommandRequest } from '../../shared/commands/new-command';
import type { Room } from '../../shared/concerts/concert.model';
import { Problem, type ProblemCode } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { type Content, content } from '../http/content';
import { preferredWait } from '../http/prefer';
import { type Call, type Endpoint, type Route, route } from '../http/route';
import { jobSchema, presentJob, retryAfter } from '../jobs/job';
import { type Accepted, confirmStored } from './accept';
import { acceptedDescription, commandHeaders, gatedHeaders, jobExamples } from './command-docs';
import { passGate } from './gate';

/** What an endpoint makes of a request: the command's payload, and who may give it. */
interface Prepared<K extends CommandKind> {
  payload: PayloadOf<K>;
  /** The waiting room whose active visitors only may do this; null for everybody. */
  gate: Room | null;
}

type CommandCall<P extends z.ZodObject, B> = Pick<
  Call<'user', P, z.ZodObject, typeof gatedHeaders, B>,
  'user' | 'params' | 'body'
>;

interface CommandDefinition<K extends CommandKind, P extends z.ZodObject, B extends z.ZodType, S extends z.ZodType>
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
  prepare(call: CommandCall<P, z.output<B>>, context: ApiContext): Prepared<K> | Promise<Prepared<K>>;
  /** Sees each job that is answered. */
  onAnswer?(job: CommandDoc, context: ApiContext): void;
}

const gateErrors = [
  'QUEUE_TOKEN_REQUIRED',
  'QUEUE_TOKEN_NOT_ACTIVE',
  'QUEUE_TOKEN_EXPIRED',
  'QUEUE_TOKEN_INVALID',
] as const;
const acceptErrors = [
  'IDEMPOTENCY_KEY_REQUIRED',
  'IDEMPOTENCY_KEY_REUSED',
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
] as const;

/** An endpoint that accepts one kind of command: reads the key, stores the command, waits if asked to, answers 202. */
export function commandRoute<
  K extends CommandKind,
  S extends z.ZodType,
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodOptional<z.ZodObject<Record<never, never>>>,
>(definition: CommandDefinition<K, P, B, S>): Route {
  const { kind, gated = false, prepare, onAnswer, result, refusals, errors, ...endpoint } = definition;
  const schema = jobSchema(z.literal(kind), result.schema).meta({ id: jobName(kind) });
  return route({
    ...endpoint,
    refusals,
    auth: 'user',
    description: acceptedDescription(definition.description, refusals),
    headers: gated ? gatedHeaders : commandHeaders,
    ...(gated && { queueToken: 'required' as const }),
    responses: {
      202: {
        description: 'Accepted: it will be carried out whatever happens next. The body is the job as it is now.',
        content: content(schema, jobExamples(kind, result, refusals)),
        headers: {
          Location: 'Where the job is: `/v1/jobs/{id}`',
          'Idempotency-Replayed': '`true` when this key had been used for the same request before',
          'Preference-Applied': '`wait=N` when the answer was held back for the outcome, at most N seconds',
          'Retry-After': 'Seconds until another look is worth it; only while the job is unfinished',
        },
      },
    },
    errors: [...acceptErrors, ...(gated ? gateErrors : []), ...errors],
    handler: async (call, context) => {
      const headers: z.output<typeof gatedHeaders> = call.headers;
      const { 'idempotency-key': key, prefer, 'queue-token': queueToken } = headers;
      if (!key) throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
      const { payload, gate } = await prepare(call as CommandCall<P, z.output<B>>, context);
      const request: CommandRequest<K> = { kind, payload, userId: call.user.id, key };
      const replay = gate && (await passGate({ context, gate, request, queueToken }));
      const seconds = preferredWait(prefer, context.config.MAX_WAIT_SECONDS);
      const accepted = replay ?? (await context.acceptCommand(request, { awaitsOutcome: Boolean(seconds) }));
      const job = await outcomeOf(context, accepted, seconds);
      onAnswer?.(job, context);
      return answer(job, accepted.replayed, seconds);
    },
  });
}

/** The command as it is after that many seconds, or once it is final. */
async function outcomeOf(
  context: ApiContext,
  { command, confirmed }: Accepted,
  seconds: number | null,
): Promise<CommandDoc> {
  const job = seconds === null ? command : await context.outcomes.wait(command, seconds * 1000);
  if (job.status === 'accepted' && !confirmed) await confirmStored(context, job);
  return job;
}

function answer(job: CommandDoc, replayed: boolean, seconds: number | null) {
  const headers = {
    Location: `/v1/jobs/${job._id}`,
    ...(replayed && { 'Idempotency-Replayed': 'true' }),
    ...(seconds !== null && { 'Preference-Applied': `wait=${seconds}` }),
    ...retryAfter(job),
  };
  return { status: 202 as const, headers, body: presentJob(job) };
}

/** `hold.place` as `HoldPlaceJob`. */
function jobName(kind: CommandKind): string {
  const words = kind.split('.').map((word) => word[0]?.toUpperCase() + word.slice(1));
  return `${words.join('')}Job`;
}
