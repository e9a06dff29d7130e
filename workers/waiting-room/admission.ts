import type { Room } from '../../shared/concerts/concert.model';
import type { Context } from '../../shared/context';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { createSignal } from '../lanes/signal';
import type { Rooms } from './rooms';
import { createAdmissionStore } from './store-admissions';

/** How often an open waiting room is checked for visitors who still wait from when it was not open. */
const openCheckMs = 10_000;

/**
 * The tick of every waiting room: ends sessions, drops the silent, admits the next ones. Any worker may run it; the waiting
 * room lets one at a time through. Visitors who finish or leave free their place at once, without it.
 */
export function startAdmission(context: Context, waitingRoom: WaitingRoom, rooms: Rooms, workerId: string) {
  const { config, logger, clock } = context;
  let stopped = false;
  const signal = createSignal();

  const nextCheckAt = new Map<string, number>();
  const admissions = createAdmissionStore(context, waitingRoom);

  async function admit(room: Room): Promise<void> {
    for (let more = true; more && !stopped; ) {
      const result = await waitingRoom.admit(room, workerId);
      more = result.more;
      if (result.leader && result.pending > 0) admissions.store(room);
      else if (isOpen(room) && result.waiting === 0) nextCheckAt.set(room._id, clock.now() + openCheckMs);
    }
  }

  async function tick(): Promise<void> {
    await rooms.refresh();
    for (const room of rooms.all()) {
      if (isOpen(room) && (nextCheckAt.get(room._id) ?? 0) > clock.now()) continue;
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

/** A waiting room in which nobody waits: users are admitted as they come. */
function isOpen({ opensAt, room }: Room): boolean {
  return room.maxActive === null && room.admitPerMinute === null && opensAt === null && !room.paused;
}
