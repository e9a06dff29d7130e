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
 * @throws Problem VALIDATION_FAILED naming the mistakes
 */
export function parse<S extends z.ZodType>(part: Part, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap((issue) => mistakesOf(part, issue)));
}

/** An answer is not larger than the request that it is about: so many mistakes are named, in so many characters each. */
const maxMistakes = 20;
const maxCharacters = 200;

/** The problem for mistakes that no schema can see. */
export function invalid(mistakes: Mistake[]): Problem {
  const errors = mistakes
    .slice(0, maxMistakes)
    .map(({ path, message }) => ({ path: shortened(path), message: shortened(message) }));
  const [first] = errors;
  const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
  return new Problem('VALIDATION_FAILED', { detail: `${first?.path}: ${first?.message}${more}.`, extra: { errors } });
}

function shortened(text: string): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters)}…`;
}

function mistakesOf(part: Part, issue: z.core.$ZodIssue): Mistake[] {
  const path = [part, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'Unknown field' }));
  return [{ path, message: issue.message }];
}
