import type { Context } from '../../shared/context';
import type { Room } from '../../shared/waiting-room/room';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { createBell } from '../lanes/bell';
import type { Rooms } from './rooms';

/**
 * The tick behind every waiting room: ends visits, drops the silent, lets the next ones in. Any worker may run it; the
 * room itself lets one at a time through. Visitors who finish or leave make room at once, without it.
 */
export function startAdmission(context: Context, waitingRoom: WaitingRoom, rooms: Rooms, workerId: string) {
  const { config, logger } = context;
  let stopped = false;
  const bell = createBell();

  async function admit(room: Room): Promise<void> {
    for (let more = true; more && !stopped; ) more = (await waitingRoom.admit(room, workerId)).more;
  }

  async function tick(): Promise<void> {
    await rooms.refresh();
    for (const room of rooms.all()) if (needsTick(room)) await admit(room);
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await tick().catch((error: unknown) => logger.warn({ error }, 'nobody admitted'));
      await bell.wait(config.ADMIT_MS);
    }
  }

  const running = run();
  return {
    async stop(): Promise<void> {
      stopped = true;
      bell.ring();
      await running;
    },
  };
}

/** A room without limits lets everybody in as they come; one that opens later, or is paused, has a line all the same. */
function needsTick({ opensAt, room }: Room): boolean {
  return room.maxActive !== null || room.admitPerMinute !== null || opensAt !== null || room.paused;
}
