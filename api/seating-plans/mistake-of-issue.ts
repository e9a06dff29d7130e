import type { z } from 'zod';
import { type MistakeValues, type PlanMistakeCode, planMistakes } from '../../shared/seating-plans/plan-mistakes';

export interface Explained {
  code: PlanMistakeCode;
  values: MistakeValues;
  /** Where the code says less than the schema does. */
  message?: string;
}

const places = ['x', 'y'];

/** What a schema has found, as a mistake that clients have words for. */
export function mistakeOf(issue: z.core.$ZodIssue): Explained {
  const of = (code: PlanMistakeCode, values: MistakeValues = {}): Explained => ({ code, values });
  const column = String(issue.path[0] ?? '');
  switch (issue.code) {
    case 'invalid_type':
      if (/undefined/.test(issue.message)) return of('MISSING');
      if (issue.expected === 'number') return of(places.includes(column) ? 'NOT_A_NUMBER' : 'NOT_WHOLE');
      if (issue.expected === 'int') return of('NOT_WHOLE');
      break;
    case 'too_small':
      return issue.origin === 'string' ? of('MISSING') : of('TOO_SMALL', { min: Number(issue.minimum) });
    case 'too_big': {
      const max = Number(issue.maximum);
      if (issue.origin === 'string') return of('TOO_LONG', { max });
      return of(issue.origin === 'array' ? 'TOO_MANY_ATTRIBUTES' : 'TOO_LARGE', { max });
    }
    case 'invalid_value':
      return of('UNKNOWN_ATTRIBUTE', { attributes: issue.values.join(', ') });
    case 'custom':
      if (isExplained(issue.params)) return of(issue.params.code, issue.params.values ?? {});
  }
  return { code: 'INVALID', values: {}, message: issue.message };
}

function isExplained(params: unknown): params is Pick<Explained, 'code'> & Partial<Explained> {
  const code = (params as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && Object.hasOwn(planMistakes, code);
}
