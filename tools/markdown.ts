export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Three digits that count; nothing for what is not there. */
export function short(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

/** `API 0.31, workers 0.21` */
export function byName(numbers: Record<string, number>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name} ${short(value)}`)
    .join(', ');
}

/** `1.52: insert 0.80, find 0.50`: the total, and what makes most of it. */
export function totalAndTop(numbers: Record<string, number>, most = 4): string {
  const sorted = Object.entries(numbers).sort(([, a], [, b]) => b - a);
  const total = sum(numbers);
  const top = sorted.slice(0, most).filter(([, value]) => value > total / 50 && value >= 0.005);
  return top.length > 0 ? `${short(total)}: ${byName(Object.fromEntries(top))}` : short(total);
}

export function sum(numbers: Record<string, number>): number {
  return Object.values(numbers).reduce((total, n) => total + n, 0);
}
