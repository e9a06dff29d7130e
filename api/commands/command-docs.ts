import { z } from 'zod';
import type { CommandKind } from '../../shared/commands/catalogue';
import type { ProblemCode } from '../../shared/platform/errors';
import { type Content, content } from '../http/endpoint';
import { exampleProblem } from '../http/problem-schema';
import { example } from '../http/schemas';
import { jobSchema } from './job';

export const acceptErrors = [
  'IDEMPOTENCY_KEY_REQUIRED',
  'IDEMPOTENCY_KEY_REUSED',
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
] as const;
export const gateErrors = [
  'QUEUE_TOKEN_REQUIRED',
  'QUEUE_TOKEN_NOT_ACTIVE',
  'QUEUE_TOKEN_EXPIRED',
  'QUEUE_TOKEN_INVALID',
] as const;

export const commandHeaders = z.object({
  // Optional here, so that a missing key gets its own code; the document has it as required.
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'Must be 1 to 255 visible ASCII characters')
    .optional()
    .meta({
      // No example: Swagger UI would send it with every command.
      description:
        'Your name for this request, such as a UUID; a new one for each. Repeating it with the same body is safe for as long as the job is kept: how long, says the head of this document.',
    }),
  prefer: z.string().optional().meta({
    description: 'RFC 7240. `wait=5` holds the answer back for the outcome, at most five seconds.',
    example: 'wait=5',
  }),
});

export const gatedHeaders = commandHeaders.extend({
  // The gate itself refuses what is missing or malformed. In the document it is a security scheme.
  'queue-token': z.string().optional(),
});

/** How all command endpoints work, below what is special about one. */
export function acceptedDescription(description: string, refusals: readonly ProblemCode[]): string {
  const refused = refusals.map((code) => `\`${code}\``).join(', ');
  return [
    description,
    'The answer is always **202** with the job. Poll `Location` until `status` is final, or send `Prefer: wait=5`: the ' +
      'answer then waits that long, and its body shows the outcome if there is one by then.',
    refusals.length > 0 ? `The job ends \`refused\` with one of ${refused}.` : 'The job is never refused.',
  ].join('\n\n');
}

/** The 202 of a command endpoint. @param result what the job gives when done */
export function acceptedResponse<K extends CommandKind, S extends z.ZodType>(
  kind: K,
  result: Content<S>,
  refusals: readonly ProblemCode[],
) {
  const schema = jobSchema(z.literal(kind), result.schema).meta({ id: jobName(kind) });
  return {
    description: 'Accepted: it will be carried out whatever happens next. The body is the job as it is now.',
    content: content(schema, jobExamples(kind, result, refusals)),
    headers: {
      Location: 'Where the job is: `/v1/jobs/{id}`',
      'Idempotency-Replayed': '`true` when this key had been used for the same request before',
      'Preference-Applied': '`wait=N` when the answer was held back for the outcome, at most N seconds',
      'Retry-After': 'Seconds until another poll is worth it; only while the job is unfinished',
    },
  };
}

/** `hold.place` as `HoldPlaceJob`. */
function jobName(kind: CommandKind): string {
  const words = kind.split('.').map((word) => word[0]?.toUpperCase() + word.slice(1));
  return `${words.join('')}Job`;
}

/** The same job while unfinished, done and refused. */
function jobExamples<K extends CommandKind, S extends z.ZodType>(
  kind: K,
  result: Content<S>,
  refusals: readonly ProblemCode[],
) {
  const job = { id: example.job, kind, acceptedAt: '2026-11-20T19:00:00.000Z' };
  const finishedAt = '2026-11-20T19:00:00.045Z';
  const done = Object.values(result.examples)[0] ?? null;
  const [refusal] = refusals;
  return {
    accepted: { ...job, status: 'accepted' as const, finishedAt: null, result: null, problem: null },
    done: { ...job, status: 'done' as const, finishedAt, result: done, problem: null },
    ...(refusal && {
      refused: { ...job, status: 'refused' as const, finishedAt, result: null, problem: exampleProblem(refusal) },
    }),
  };
}
