import type { AuditResult } from '../../../workers/audit/run-audit';

/** The table and the violations of an audit, as lines for people. */
export function formatResult({ checks, violations, broken, seconds }: AuditResult): string[] {
  const rows = checks.map(({ invariant, title, checked, broken: wrong }) => [
    invariant,
    title,
    checked === 0 && wrong === 0 ? 'none' : String(checked),
    wrong === 0 ? '-' : String(wrong),
  ]);
  const table = [['', 'Invariant', 'Checked', 'Broken'], ...rows];
  const width = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0));
  const [first, second, third, fourth] = [width(0), width(1), width(2), width(3)];
  const lines = table.map(
    ([invariant = '', title = '', checked = '', wrong = '']) =>
      `${invariant.padEnd(first)}  ${title.padEnd(second)}  ${checked.padStart(third)}  ${wrong.padStart(fourth)}`,
  );
  const named = violations.map(({ invariant, message, ids }) => `${invariant}: ${message} [${ids.join(', ')}]`);
  const more = broken > violations.length ? [`… and ${broken - violations.length} more`] : [];
  const nothing = checks.every(({ checked }) => checked === 0)
    ? ['There is nothing in this database: is it the right one?']
    : [];
  const verdict = broken === 0 ? 'No violation' : `${broken} violation${broken === 1 ? '' : 's'}`;
  return [...lines, '', ...named, ...more, ...nothing, `${verdict}, ${seconds.toFixed(1)} s`];
}
