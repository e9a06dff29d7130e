import { Problem } from '../platform/errors';
import { encodeTick, MalformedAnswer, parsePending } from './codec';
import { drawSeed, drawSeedHash } from './draw';
import { type RunScript, roomKeys, type WaitingRoomOptions } from './scripts';
import type { AdmitResult, RoomNumbers, WaitingRoom } from './types';

type RoomCalls = Pick<WaitingRoom, 'admit' | 'numbers' | 'draw' | 'pendingAdmissions' | 'deletePending'>;

/** How long a silent worker keeps the tick of a waiting room, ms. */
const leaseMs = 2000;
/** Most pending admissions that are read at once. */
const maxPending = 200;

const otherLeader: AdmitResult = {
  ...{ admitted: [], more: false, leader: false },
  ...{ waiting: 0, active: 0, ended: 0, pending: 0 },
};

/** The calls about a whole waiting room. */
export function roomCalls(
  run: RunScript,
  { redis, prefix, secret, drawSecret = secret }: WaitingRoomOptions,
): RoomCalls {
  const pendingKey = (concertId: string) => roomKeys(prefix, concertId).pending;
  return {
    async admit(room, worker = '') {
      const [answer] = await run('admit', room, encodeTick({ worker, leaseMs }));
      if (answer?.outcome !== 'ticked') return otherLeader;
      const { outcome: _, ...result } = answer;
      return result;
    },
    async numbers(room) {
      const { waiting, active, admittedLastMinute, ...totals } = numbersOf(await run('numbers', room, []));
      const { joined, admitted, dropped, expired, completed, left, waitMs } = totals;
      const meanWaitSeconds = admitted === 0 ? null : Math.round(waitMs / admitted) / 1000;
      const numbers = { waiting, active, admittedLastMinute, joined, admitted, dropped, expired, completed, left };
      return { ...numbers, meanWaitSeconds } satisfies RoomNumbers;
    },
    async draw(room) {
      if (room.opensAt === null) return null;
      const seed = drawSeed(drawSecret, room._id, room.room.epoch);
      const { now, drawn } = numbersOf(await run('numbers', room, []));
      const open = now >= room.opensAt.getTime();
      return {
        opensAt: room.opensAt.toISOString(),
        seedHash: drawSeedHash(seed),
        seed: open ? seed : null,
        participants: open ? drawn : null,
      };
    },
    async pendingAdmissions({ _id }) {
      return parsePending(await redis.xrange(pendingKey(_id), '-', '+', 'COUNT', maxPending));
    },
    async deletePending({ _id }, stored) {
      // Only these: other workers may have stored others. The stream itself stays, and with it the order of its ids.
      if (stored.length > 0) await redis.xdel(pendingKey(_id), ...stored.map(({ id }) => id));
    },
  };
}

/** @throws Problem SERVICE_UNAVAILABLE when the caller's copy of the concert is from before a reset */
function numbersOf([answer]: Awaited<ReturnType<RunScript>>) {
  if (answer?.outcome === 'outdated') throw new Problem('SERVICE_UNAVAILABLE');
  if (answer?.outcome !== 'numbers') throw new MalformedAnswer(answer);
  return answer;
}
