import type { Config } from '../platform/config';
import { fnv1a } from '../platform/fnv1a';
import { type CommandKind, catalogue, type PayloadOf, type QueueKind } from './catalogue';

type LaneCounts = Pick<Config, 'RESERVATION_LANES' | 'WALLET_LANES'>;

/** How many lanes a kind of queue has. */
export function laneCount(config: LaneCounts, queue: QueueKind): number {
  return queue === 'reservation' ? config.RESERVATION_LANES : config.WALLET_LANES;
}

/** The names of all lanes: `reservation-00` …, `wallet-00` …. */
export function allLanes(config: LaneCounts): string[] {
  return (['reservation', 'wallet'] as const).flatMap((queue) =>
    Array.from({ length: laneCount(config, queue) }, (_, number) => laneName(queue, number)),
  );
}

/** The one place that says which lane carries a command. */
export function laneOf<K extends CommandKind>(
  config: LaneCounts,
  kind: K,
  payload: PayloadOf<K>,
  userId: string,
): string {
  const { queue, laneKey } = catalogue[kind] as { queue: QueueKind; laneKey(p: PayloadOf<K>, u: string): string };
  return laneName(queue, hashOf(laneKey(payload, userId)) % laneCount(config, queue));
}

function laneName(queue: QueueKind, number: number): string {
  return `${queue}-${String(number).padStart(2, '0')}`;
}

/** Even enough for a handful of lanes: FNV's low bits mix poorly for keys that differ in one character. */
function hashOf(key: string): number {
  const hash = fnv1a(key);
  return (hash ^ (hash >>> 15)) >>> 0;
}
