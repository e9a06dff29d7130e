import type { Context } from '../../shared/context';
import type { Room } from '../../shared/waiting-room/room';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { createSignal } from '../lanes/signal';
import type { Rooms } from './rooms';
import { createAdmissionStore } from './store-admissions';

/** How often an open room is looked at, in case somebody still waits from when it was not. */
const openRoomMs = 10_000;

/**
 * The tick behind every waiting room: ends visits, drops the silent, lets the next ones in. Any worker may run it; the
 * room itself lets one at a time through. Visitors who finish or leave make room at once, without it.
 */
export function startAdmission(context: Context, waitingRoom: WaitingRoom, rooms: Rooms, workerId: string) {
  const { config, logger, clock } = context;
  let stopped = false;
  const signal = createSignal();

  const restsUntil = new Map<string, number>();
  const admissions = createAdmissionStore(context, waitingRoom);

  async function admit(room: Room): Promise<void> {
    for (let more = true; more && !stopped; ) {
      const result = await waitingRoom.admit(room, workerId);
      more = result.more;
      if (result.leader && result.untold > 0) admissions.store(room);
      else if (isOpen(room) && result.waiting === 0) restsUntil.set(room._id, clock.now() + openRoomMs);
    }
  }

  async function tick(): Promise<void> {
    await rooms.refresh();
    for (const room of rooms.all()) {
      if (isOpen(room) && (restsUntil.get(room._id) ?? 0) > clock.now()) continue;
      await admit(room).catch((error: unknown) => logger.warn({ concert: room._id, error }, 'nobody admitted'));
    }
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

/** A room in which nobody has to wait: people are let in as they come. */
function isOpen({ opensAt, room }: Room): boolean {
  return room.maxActive === null && room.admitPerMinute === null && opensAt === null && !room.paused;
}
