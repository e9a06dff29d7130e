import { type Invariant, invariants, type Violation } from './invariants';

/** What a pass over the data found: the first `limit` violations of each invariant, and the count of all. */
export interface Findings {
  readonly checked: Record<Invariant, number>;
  readonly broken: Record<Invariant, number>;
  readonly violations: Violation[];
  /** `count` more documents, or groups of documents, were checked for this invariant. */
  count(invariant: Invariant, count?: number): void;
  /** How a check of this invariant reports a violation. */
  reporter(invariant: Invariant): Report;
}

/** `ids` are those of the documents involved. */
export type Report = (message: string, ids: readonly (string | null | undefined)[]) => void;

export function createFindings(limit: number): Findings {
  const checked = zeros();
  const broken = zeros();
  const violations: Violation[] = [];
  return {
    checked,
    broken,
    violations,
    count(invariant, count = 1) {
      checked[invariant] += count;
    },
    reporter: (invariant) => (message, ids) => {
      broken[invariant] += 1;
      if (broken[invariant] > limit) return;
      violations.push({ invariant, message, ids: [...new Set(ids.flatMap((id) => id ?? []))] });
    },
  };
}

/** The findings of several passes as one, the violations in the invariants' order. */
export function joinFindings(all: readonly Findings[], limit: number): Findings {
  const joined = createFindings(limit);
  for (const invariant of invariants) {
    for (const { checked, broken, violations } of all) {
      joined.count(invariant, checked[invariant]);
      const named = violations.filter((violation) => violation.invariant === invariant);
      const kept = joined.violations.filter((violation) => violation.invariant === invariant).length;
      joined.violations.push(...named.slice(0, limit - kept));
      joined.broken[invariant] += broken[invariant];
    }
  }
  return joined;
}

function zeros(): Record<Invariant, number> {
  return Object.fromEntries(invariants.map((invariant) => [invariant, 0])) as Record<Invariant, number>;
}
