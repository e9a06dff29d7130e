import type { z } from 'zod';
import { Problem } from '../../shared/platform/errors';

type Part = 'path' | 'query' | 'headers' | 'body';

/** One mistake: `path` starts with the part of the request, as in `body.seatIds.0`. */
interface Mistake {
  path: string;
  message: string;
}

/**
 * Parses one part of a request.
 * @throws Problem VALIDATION_FAILED naming every mistake
 */
export function parse<S extends z.ZodType>(part: Part, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap((issue) => mistakesOf(part, issue)));
}

/** The problem for mistakes that no schema can see. */
export function invalid(errors: Mistake[]): Problem {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem('VALIDATION_FAILED', { detail: `${first?.path}: ${first?.message}${more}.`, extra: { errors } });
}

function mistakesOf(part: Part, issue: z.core.$ZodIssue): Mistake[] {
  const path = [part, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'Unknown field' }));
  return [{ path, message: issue.message }];
}
