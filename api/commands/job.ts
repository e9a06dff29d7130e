import { z } from 'zod';
import { commandKinds } from '../../shared/commands/catalogue';
import type { CommandDoc, CommandProblem } from '../../shared/commands/command.model';
import { problemDocument, problems, problemType } from '../../shared/platform/errors';
import { problemSchema } from '../http/problem-schema';
import { idOf, time } from '../http/schemas';

/** The public states of a command; `skipped` ends only commands that the product made itself. */
export const jobStatuses = ['accepted', 'done', 'refused', 'failed'] as const;

/** A job whose `done` gives `result`. */
export function jobSchema<R extends z.ZodType>(kind: z.ZodType<string>, result: R) {
  return z.strictObject({
    id: idOf('job'),
    kind,
    status: z.enum(jobStatuses).meta({ description: '`accepted` until it is one of the others, for good' }),
    acceptedAt: time,
    finishedAt: time.nullable(),
    // Not nullable(): of a schema with a name the document would then say that the named one may be null.
    result: z.union([result, z.null()]),
    problem: z.union([problemSchema, z.null()]),
  });
}

export const anyJob = jobSchema(z.enum(commandKinds), z.record(z.string(), z.unknown())).meta({ id: 'Job' });

/** A command as its user sees it. */
export function presentJob({ _id, kind, status, acceptedAt, finishedAt, result, problem }: CommandDoc) {
  return {
    id: _id,
    kind,
    // Only the product's own commands are ever skipped, and those are no user's jobs.
    status: status === 'skipped' ? ('done' as const) : status,
    acceptedAt: acceptedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    result,
    problem: problem && presentProblem(problem),
  };
}

/** Why a command failed is for operators (the admin's list shows it): it may speak of what is inside. */
function presentProblem({ code, detail, extra }: CommandProblem) {
  // A worker of a newer version may refuse for a reason that this one has no title for.
  if (!Object.hasOwn(problems, code))
    return { ...extra, type: problemType(code), title: detail, status: 409, code, detail };
  return problemDocument(code, code === 'COMMAND_FAILED' ? `${problems[code].title}.` : detail, extra);
}

/** Seconds after which an unfinished job is worth another poll. */
const pollAgainSeconds = '1';

export function retryAfter({ status }: CommandDoc): Record<string, string> | undefined {
  return status === 'accepted' ? { 'Retry-After': pollAgainSeconds } : undefined;
}
