import { availableParallelism, cpus } from 'node:os';
import { byName, totalAndTop } from '../../markdown';
import type { Summary } from '../load/summary';
import type { Measured } from '../measure/all';
import type { Idle } from '../measure/surroundings';
import { baselineTable, growthTable, latencyTable, mainTable, stepsTable } from './tables';

/** Where, when and how it was measured. */
export function machine(commandLine: readonly string[]) {
  return {
    at: new Date().toISOString(),
    node: process.version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? '',
    command: ['npm run bench --', ...commandLine].join(' '),
  };
}

export function head({ at, node, cores, processor, command }: ReturnType<typeof machine>): string {
  return `\`${command}\`\n\n${at}, Node ${node}, ${cores} cores (${processor})`;
}

export function report(title: string, measured: Measured, idle: Idle): string {
  const { rows, latencies } = measured;
  const steps = stepsTable(rows);
  const errors = findErrors(measured).lines;
  return [
    `## ${title}`,
    'Stores, product, baseline and generator share the machine. `direct`, for reads a bare Express, is measured right after ' +
      'the product. Calls are those that the servers counted, without what they get when idle; for reads and joins, a step.',
    mainTable(rows),
    ...(steps ? ['### Steps', steps] : []),
    ...(rows.some(({ baseline }) => baseline) ? ['### Baselines', baselineTable(rows)] : []),
    ...(latencies.length > 0 ? ['### At half of the capacity', latencyTable(latencies)] : []),
    ...(errors.length > 0 ? ['### Errors', errors.join('\n')] : []),
    `An idle second: CPU ms ${byName(idle.cpu)}; MongoDB calls ${totalAndTop(idle.mongo)}; Redis calls, those of scripts included, ${totalAndTop(idle.redis)}.`,
  ].join('\n\n');
}

export function growthReport(commands: number, fresh: Measured, after: Measured): string {
  return [`## After ${commands} commands, against fresh`, growthTable(fresh.rows, after.rows)].join('\n\n');
}

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
