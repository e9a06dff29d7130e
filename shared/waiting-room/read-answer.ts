import { estimate } from './eta';
import type { QueueTokenState, QueueTokenStatus } from './queue-token-state';
import type { Room } from './room';

/** What answer() in lua/room.lua tells, or a single word. Numbers are ms since 1970 or counts. */
export type Answer = readonly unknown[];

const statuses: Record<string, QueueTokenStatus> = {
  W: 'waiting',
  A: 'active',
  C: 'completed',
  X: 'expired',
  S: 'expired',
  L: 'left',
};

const over: Omit<QueueTokenState, 'status'> = {
  position: null,
  ahead: null,
  etaSeconds: null,
  eta: { known: false, lowSeconds: null, highSeconds: null },
  paused: false,
  pollAfterSeconds: null,
  expiresAt: null,
  activeUntil: null,
  activeUntilAtMost: null,
  entryUrl: null,
  opensAt: null,
  drawNumber: null,
};

/** A script's answer as the public state. */
export function readAnswer(room: Room, answer: Answer): QueueTokenState {
  const [letter, now, rank, , due, until, atMost, draw] = answer as [string, ...number[]];
  const status = statuses[letter];
  if (!status) throw new Error(`the waiting room answered ${letter}`);
  const state = { ...over, status, drawNumber: Number(draw) || null };
  if (status !== 'waiting' && status !== 'active') return state;
  // Up to a tenth of a second, so that a client that waits exactly this long is not too early.
  const pollAfterSeconds = Math.ceil((Number(due) - Number(now)) / 100) / 10;
  if (status === 'active') {
    const activeUntil = iso(Number(until));
    const entryUrl = room.entryUrl ?? `/v1/concerts/${room._id}/performances`;
    return {
      ...state,
      pollAfterSeconds,
      expiresAt: activeUntil,
      activeUntil,
      activeUntilAtMost: iso(Number(atMost)),
      entryUrl,
    };
  }
  const waiting = { ...state, pollAfterSeconds, expiresAt: iso(Number(due) + room.room.graceSeconds * 1000) };
  return { ...waiting, ...inLine(room, answer, Number(now), Number(rank)) };
}

/** Before the line opens nobody has a position: showing it would show the draw. */
function inLine(room: Room, answer: Answer, now: number, rank: number): Partial<QueueTokenState> {
  const { opensAt, room: limits } = room;
  if (opensAt && opensAt.getTime() > now) return { opensAt: opensAt.toISOString() };
  const [letIn, gaveUp, at, since] = answer.slice(8).map(Number) as [number, number, number, number];
  const moving = !limits.paused && limits.maxActive !== 0 && limits.admitPerMinute !== 0;
  const eta = moving ? estimate({ letIn, gaveUp, at, since }, rank, limits.admitPerMinute, now) : {};
  return { position: rank + 1, ahead: rank, paused: limits.paused, ...eta };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
