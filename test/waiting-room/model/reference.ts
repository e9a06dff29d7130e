import { drawOrder } from '../../../shared/waiting-room/draw';

/**
 * The waiting room as its description has it, in plain arrays: slow, obvious, and written without a look at the scripts.
 * Times are ms.
 */
export interface Reference {
  now: number;
  settings: Settings;
  /** By user, in no order. */
  places: Map<string, Place>;
  /** When each visitor of the last minute was let in, and for whom that was counted when. */
  admissions: number[];
  spent: Map<string, number>;
  pace: number;
  lastArrival: number;
  draws: number;
  /** Whether the line has opened: from then on nobody is drawn. */
  opened: boolean;
  /** When the room last moved, and since when silence counts. */
  movedAt: number;
  /** When the whole line was last looked at for the silent. */
  lookedAt: number;
  silenceFrom: number;
}

export interface Settings {
  maxActive: number | null;
  admitPerMinute: number | null;
  sessionMs: number;
  maxSessionMs: number;
  graceMs: number;
  pollMs: number;
  opensAt: number;
  paused: boolean;
  draining: boolean;
  seed: string;
}

export interface Place {
  status: 'waiting' | 'active' | 'completed' | 'expired' | 'left';
  order: number;
  /** When the next poll is asked for, and whether one before that is still allowed. */
  due: number;
  free: boolean;
  until: number;
  atMost: number;
  endedAt: number;
  paid: string;
}

export function emptyRoom(now: number, settings: Settings): Reference {
  const room = {
    now,
    settings,
    places: new Map(),
    admissions: [],
    spent: new Map(),
    pace: 0,
    lastArrival: 0,
    draws: 0,
  };
  return { ...room, opened: settings.opensAt <= now, movedAt: 0, lookedAt: 0, silenceFrom: 0 };
}

export function line(room: Reference): [string, Place][] {
  return [...room.places].filter(([, { status }]) => status === 'waiting').sort(([, a], [, b]) => a.order - b.order);
}

function activeCount(room: Reference): number {
  return [...room.places.values()].filter(({ status }) => status === 'active').length;
}

function end(room: Reference, place: Place, status: Place['status']): void {
  Object.assign(place, { status, endedAt: room.now });
}

/** The user's place as of now: a visit that is over is over whether or not the tick came by. */
export function placeNow(room: Reference, user: string): Place | undefined {
  const place = room.places.get(user);
  if (place?.status === 'active' && place.until <= room.now) end(room, place, 'expired');
  return place;
}

function isSilent(room: Reference, place: Place): boolean {
  return Math.max(place.due, room.silenceFrom) + room.settings.graceMs <= room.now;
}

/** How many may come in now. */
function openings(room: Reference): number {
  const { maxActive, admitPerMinute, paused, opensAt } = room.settings;
  if (paused || !room.opened || opensAt > room.now) return 0;
  const places = maxActive === null ? Number.POSITIVE_INFINITY : maxActive - activeCount(room);
  if (admitPerMinute === null) return places;
  if (admitPerMinute === 0) return 0;
  const lately = room.admissions.filter((at) => at > room.now - 60_000).length;
  const step = 60_000 / admitPerMinute;
  const pace = Math.min(Math.max(room.pace, room.now), room.now + 10 * step);
  return Math.min(places, admitPerMinute - lately, Math.floor((room.now - pace) / step + 10));
}

function letIn(room: Reference, user: string, place: Place): void {
  const { sessionMs, maxSessionMs, admitPerMinute } = room.settings;
  const atMost = room.now + maxSessionMs;
  const until = Math.min(Math.max(room.now, place.due) + sessionMs, atMost);
  Object.assign(place, { status: 'active', until, atMost });
  // One admission of a user and minute counts, however often the user leaves and comes back.
  if ((room.spent.get(user) ?? Number.NEGATIVE_INFINITY) > room.now - 60_000) return;
  room.spent.set(user, room.now);
  room.admissions.push(room.now);
  if (!admitPerMinute) return;
  const step = 60_000 / admitPerMinute;
  room.pace = Math.min(Math.max(room.pace, room.now), room.now + 10 * step) + step;
}

/** Ends what is over, lets the next ones in. @param tick once a second also drops the silent further back */
export function move(room: Reference, tick: boolean): void {
  if (room.now - room.movedAt > 15_000) room.silenceFrom = room.now;
  room.movedAt = room.now;
  const looks = tick && room.now - room.lookedAt >= 1000;
  if (looks) room.lookedAt = room.now;
  for (const [user, place] of room.places) {
    placeNow(room, user);
    if (looks && place.status === 'waiting' && isSilent(room, place)) end(room, place, 'expired');
    if (place.endedAt > 0 && place.endedAt + 900_000 <= room.now) room.places.delete(user);
  }
  for (const [user, place] of line(room)) {
    if (openings(room) <= 0) break;
    if (isSilent(room, place)) end(room, place, 'expired');
    else letIn(room, user, place);
  }
}

export function isLate(room: Reference): boolean {
  return room.now - room.movedAt >= 1000;
}

/** Takes a new place at the end, or in the draw. */
export function enter(room: Reference, user: string): Place {
  const first = line(room).length === 0;
  const paid = room.places.get(user)?.paid ?? '';
  const order = room.opened
    ? Math.max(room.lastArrival + 1, room.now * 1000)
    : drawOrder(room.settings.seed, ++room.draws) - 2 ** 52;
  if (room.opened) room.lastArrival = order;
  const place: Place = { status: 'waiting', order, due: room.now, free: true, until: 0, atMost: 0, endedAt: 0, paid };
  room.places.set(user, place);
  if (first || isLate(room)) move(room, isLate(room));
  if (place.status === 'waiting') place.due = room.now + room.settings.pollMs;
  return place;
}

export function extend(room: Reference, place: Place): void {
  place.until = Math.max(place.until, Math.min(room.now + room.settings.sessionMs, place.atMost));
}

export function endPlace(room: Reference, place: Place, status: 'left' | 'completed'): void {
  end(room, place, status);
  move(room, false);
}
