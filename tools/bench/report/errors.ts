import type { Summary } from '../load/summary';
import type { Measured } from '../measure/all';

const tolerated = 0.01;

/** Everything that was wrong: a line a stretch, and whether it was more than may be. */
export function findErrors({ rows, latencies }: Measured): { lines: string[]; tooMany: boolean } {
  const stretches: [string, Summary][] = [
    ...rows.flatMap(({ name, clients, product, baseline }): [string, Summary][] => [
      [`${name}, clients: ${clients}`, product],
      ...(baseline ? [[`${name}, clients: ${clients}, baseline`, baseline] as [string, Summary]] : []),
    ]),
    ...latencies.flatMap(({ name, accept, final }): [string, Summary][] => [
      [`${name}, accepted at half of the capacity`, accept],
      [`${name}, final at half of the capacity`, final],
    ]),
  ];
  const wrong = stretches.filter(([, { errors, count }]) => errors > 0 || count === 0);
  return {
    lines: wrong.map(([what, { errors, count, unexpected }]) => {
      return `- ${what}: ${errors} of ${errors + count} wrong, such as ${unexpected[0]}`;
    }),
    tooMany: wrong.some(([, { errors, count }]) => !(errors / (errors + count) <= tolerated)),
  };
}
