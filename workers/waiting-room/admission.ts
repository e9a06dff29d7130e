import type { Room } from '../../shared/concerts/concert.model';
import type { Context } from '../../shared/context';
import { createRoomsInUse } from '../../shared/waiting-room/rooms-in-use';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { createSignal } from '../lanes/signal';
import { createFindForgotten } from './find-forgotten';
import type { Rooms } from './rooms';
import { createAdmissionStore } from './store-admissions';

/** How often an open waiting room is checked for visitors who still wait from when it was not open. */
const openCheckMs = 10_000;
/** How long a waiting room is looked at in which nobody is, ms. */
const idleMs = 10_000;

/**
 * The tick of every waiting room that is in use: ends sessions, drops the silent, admits the next ones. Any worker may run it;
 * the waiting room lets one at a time through. Visitors who finish or leave free their place at once, without it.
 */
export function startAdmission(
  context: Context,
  waitingRoom: WaitingRoom,
  rooms: Rooms,
  workerId: string,
  forgetAfterMs = idleMs,
) {
  const { config, logger, clock, redis } = context;
  let stopped = false;
  const signal = createSignal();

  let nextCheckAt = new Map<string, number>();
  const admissions = createAdmissionStore(context, waitingRoom);
  const inUse = createRoomsInUse({ redis, prefix: config.QUEUE_PREFIX });
  const forgotten = createFindForgotten(rooms, inUse);
  /** Rooms that the last tick found in use. */
  let busy: string[] = [];

  /** @returns whether anything can still move in it; null when another worker looks after it */
  async function admit(room: Room): Promise<boolean | null> {
    for (;;) {
      const { leader, more, pending, waiting, active, ended } = await waitingRoom.admit(room, workerId);
      if (!leader) return null;
      if (pending > 0) admissions.store(room);
      else if (isOpen(room) && waiting === 0) nextCheckAt.set(room._id, clock.now() + openCheckMs);
      if (!more || stopped) return more || pending + waiting + active + ended > 0;
    }
  }

  async function tick(): Promise<void> {
    const listed = await inUse.list();
    // The set was lost, or a part of Redis with it.
    if (busy.some((id) => !listed.has(id))) forgotten.restart();
    const now = clock.now() - clock.offsetMs;
    const found = await rooms.read([...listed.keys()]);
    const known = new Set(found.map(({ _id }) => _id));
    const used: string[] = [];
    const idle = [...listed.keys()].filter((id) => !known.has(id));
    const isIdle = (id: string) => listed.get(id) !== Number.POSITIVE_INFINITY;
    nextCheckAt = new Map([...nextCheckAt].filter(([id]) => listed.has(id)));
    for (const room of found) {
      const { _id } = room;
      // One that is to be forgotten is looked at until then.
      if (isOpen(room) && !isIdle(_id) && (nextCheckAt.get(_id) ?? 0) > clock.now()) used.push(_id);
      else {
        const moves = await admit(room).catch((error: unknown) => {
          logger.warn({ concert: _id, error }, 'nobody admitted');
          return true;
        });
        if (moves !== null) (moves ? used : idle).push(_id);
      }
    }
    busy = used;
    await inUse.mark(used.filter(isIdle), idle, now);
    if ([...listed.values()].some((since) => since <= now - forgetAfterMs)) await inUse.forget(now - forgetAfterMs);
    await forgotten.step();
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await tick().catch((error: unknown) => logger.warn({ error }, 'rooms not read'));
      await signal.wait(config.ADMIT_MS);
    }
  }

  const running = run();
  return {
    async stop(): Promise<void> {
      stopped = true;
      signal.raise();
      await running;
      await admissions.settled();
    },
  };
}

/** A waiting room in which nobody waits: users are admitted as they come. */
function isOpen({ opensAt, room }: Room): boolean {
  return room.maxActive === null && room.admitPerMinute === null && opensAt === null && !room.paused;
}
