import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { CommandRequest } from '../../shared/commands/new-command';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { Documents } from '../../shared/models';
import type { BatchReport } from '../../workers/batches/run-batch';
import type { Mishap } from './steps';

export const collections = [
  ...(['seats', 'holds', 'wallets', 'pointEntries', 'payments', 'reservations', 'commands', 'callOffs'] as const),
  ...(['standbyEntries', 'standbyLines'] as const),
  ...(['blocks', 'adminActions'] as const),
];
/** All that there is in the database. */
export type Data = { [C in (typeof collections)[number]]: Documents[C][] };

interface RunOptions {
  worker: number;
  /** The lanes that the worker believes to own, and in which epoch. */
  epochs: ReadonlyMap<string, number>;
  size: number;
  mishap: Mishap;
}

interface BlockMade {
  blockId: string;
  commands: CommandDoc[];
}

/** The product's command path on one kind of store, as the sequences drive it. */
export interface System {
  lanes: readonly string[];
  /** As they are when the sequence begins. */
  performances: readonly PerformanceDoc[];
  /** Whether groups of several workers may run at the same time. */
  concurrent: boolean;
  /** The database's time, milliseconds. */
  now(): number;
  advance(ms: number): void;
  accept(request: CommandRequest<CommandKind>, skewMs: number): Promise<{ command: CommandDoc; replayed: boolean }>;
  /** What an operator's endpoint does: the change, and what keeps workers from going by what was before. */
  changePerformance(id: string, fields: Partial<PerformanceDoc>): Promise<void>;
  /** What an operator's endpoint does to call a date off. */
  callOff(performanceId: string, at: Date): Promise<void>;
  /** A worker's walk over a called-off date, until it has had so many holds given back: answers the commands that it made. */
  giveBack(performanceId: string, holds: number): Promise<CommandDoc[]>;
  /** What an operator's endpoint does to block seats, so many by each command: answers those. */
  block(performanceId: string, seatIds: readonly string[], size: number): Promise<BlockMade>;
  freeBlock(blockId: string, seatIds: readonly string[], size: number): Promise<CommandDoc[]>;
  /** What a worker does for lines whose date is over: answers the commands that it made. */
  closeLines(): Promise<CommandDoc[]>;
  /** Makes the worker the owner of a lane, and answers the epoch. */
  take(worker: number, lane: string): Promise<number>;
  /** @throws Crashed */
  run(options: RunOptions): Promise<BatchReport>;
  /** What comes after a commit. */
  publish(report: BatchReport): Promise<void>;
  read(): Promise<Data>;
}
