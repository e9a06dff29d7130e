import { markdownTable } from '../../markdown';
import type { BacklogResult } from './backlog';
import { type Cpu, everyKind, kindNames, ofKinds, total } from './cpu';
import type { Measured } from './measure';

/** Markdown: what each size did, and how the CPU of a hold changes as processes are added. */
export function scaleTable(results: readonly Measured[]): string {
  const kinds = everyKind.map((kind) => kindNames[kind]);
  const head = [
    'API × workers',
    'load',
    'holds per s',
    'p50 ms',
    'holds a group',
    ...kinds,
    'all',
    'busiest Redis',
    'errors',
  ];
  const rows = results.map(({ apis, workers, load, perSecond, p50, groupSize, cpuMs, busiestRedis, errors }) => [
    `${apis} × ${workers}`,
    load,
    perSecond.toFixed(0),
    p50.toFixed(0),
    groupSize.toFixed(1),
    ...everyKind.map((kind) => cpuMs[kind].toFixed(2)),
    total(cpuMs).toFixed(2),
    busiestRedis.toFixed(2),
    String(errors),
  ]);
  return [
    'CPU in milliseconds for each hold, by kind of process, beyond what they use at rest:',
    '',
    markdownTable(head, rows),
    '',
    `Slope, CPU ms for each hold and process pair added: ${eachKind(slopes(results), 3)}; all ${total(slopes(results)).toFixed(3)}`,
    `At rest, cores of all processes of a kind, at ${results.at(-1)?.apis} × ${results.at(-1)?.workers}: ${eachKind(results.at(-1)?.idle ?? slopes([]), 3)}`,
  ].join('\n');
}

export function backlogTable(commands: number, { events, violations, inversions }: BacklogResult): string {
  const head = ['fair shares after ms', 'longest pause of a lane that changed hands, ms', 'of any lane'];
  const rows = events.map(({ what, fairMs, pauses }) => {
    return [what, String(Math.round(fairMs)), String(pauses.handOver ?? ''), String(pauses.any)];
  });
  const table = markdownTable([`in a backlog of ${commands} commands`, ...head], rows);
  return [table, '', `${violations.length} places in a lane's history taken twice, ${inversions} inversions`].join(
    '\n',
  );
}

function eachKind(cpu: Cpu, digits: number): string {
  return everyKind.map((kind) => `${kindNames[kind]} ${cpu[kind].toFixed(digits)}`).join(', ');
}

/** Least squares over the number of API processes. */
function slopes(results: readonly Measured[]): Cpu {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(results.map(({ apis }) => apis));
  const spread = results.reduce((sum, { apis }) => sum + (apis - middle) ** 2, 0);
  return ofKinds((kind) => {
    const height = mean(results.map(({ cpuMs }) => cpuMs[kind]));
    const along = results.reduce((sum, { apis, cpuMs }) => sum + (apis - middle) * (cpuMs[kind] - height), 0);
    return spread > 0 ? along / spread : 0;
  });
}
