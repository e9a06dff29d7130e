import { Problem } from '../../shared/platform/errors';
import { type MistakeValues, type PlanMistakeCode, planMistakes } from '../../shared/seating-plans/plan-mistakes';
import type { Explained } from './mistake-of-issue';

/** What is wrong in an imported plan, and where. */
interface PlanMistake {
  /** Of the CSV; of JSON the position in `seats`, from 1. */
  line: number;
  /** Null: the line as a whole. */
  column: string | null;
  code: PlanMistakeCode;
  values: MistakeValues;
  message: string;
}

/** Named in one answer; all are counted. */
const maxNamed = 100;
const maxCharacters = 200;

/** Gathers mistakes, so that a file is mended at once and not mistake by mistake. */
export function createMistakes() {
  const named: PlanMistake[] = [];
  let count = 0;
  const put = (line: number, column: string | null, { code, values, message }: Explained) => {
    count += 1;
    const text = (message ?? planMistakes[code](values)).slice(0, maxCharacters);
    if (named.length < maxNamed) named.push({ line, column, code, values, message: text });
  };
  return {
    put,
    add(line: number, column: string | null, code: PlanMistakeCode, values: MistakeValues = {}): void {
      put(line, column, { code, values });
    },
    isEmpty: () => count === 0,
    /** @throws Problem SEATING_PLAN_INVALID if there is any */
    demandNone(): void {
      if (count === 0) return;
      const lines = named.sort((a, b) => a.line - b.line);
      const [first] = lines;
      const where = `Line ${first?.line}${first?.column ? `, ${first.column}` : ''}`;
      const more = count > 1 ? ` (and ${count - 1} more)` : '';
      throw new Problem('SEATING_PLAN_INVALID', {
        detail: `${where}: ${first?.message}${more}.`,
        extra: { lines, mistakes: count },
      });
    },
  };
}

export type Mistakes = ReturnType<typeof createMistakes>;
