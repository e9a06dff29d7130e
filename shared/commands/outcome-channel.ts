import { z } from 'zod';
import type { Config } from '../platform/config';
import type { ProblemCode } from '../platform/errors';
import { type CommandDoc, commandStatuses } from './command.model';

/** Redis channel on which workers publish the outcomes of commands, once a majority has committed them. */
export function outcomeChannel({ QUEUE_PREFIX }: Pick<Config, 'QUEUE_PREFIX'>): string {
  return `${QUEUE_PREFIX}:outcomes`;
}

/** The final fields of a command. */
export type CommandOutcome = Pick<CommandDoc, '_id' | 'userId' | 'status' | 'finishedAt' | 'result' | 'problem'>;

const wire = z.array(
  z.object({
    _id: z.string(),
    userId: z.string(),
    status: z.enum(commandStatuses),
    finishedAt: z.int(),
    result: z.looseObject({}).nullable(),
    problem: z
      .object({
        // Of whatever version.
        code: z.string().transform((code) => code as ProblemCode),
        detail: z.string(),
        extra: z.looseObject({}).optional(),
      })
      .nullable(),
  }),
);

export function encodeOutcomes(outcomes: readonly CommandOutcome[]): string {
  return JSON.stringify(
    outcomes.map(({ _id, userId, status, finishedAt, result, problem }) => ({
      ...{ _id, userId, status, finishedAt: finishedAt?.getTime() ?? 0, result, problem },
    })),
  );
}

/** None from a malformed message: outcomes are in MongoDB, and are read there in time. */
export function decodeOutcomes(text: string): CommandOutcome[] {
  const { data = [] } = wire.safeParse(parseJson(text));
  return data.map((one) => ({ ...one, finishedAt: new Date(one.finishedAt) }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
