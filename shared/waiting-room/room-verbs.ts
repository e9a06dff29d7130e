import { Problem } from '../platform/errors';
import type { CallRoom } from './call-room';
import { drawSeed, drawSeedHash } from './draw';
import type { Answer } from './read-answer';
import type { AdmitResult, RoomNumbers, WaitingRoom } from './waiting-room-verbs';

type RoomVerbs = Pick<WaitingRoom, 'admit' | 'numbers' | 'draw'>;

/** How long a silent worker keeps a room's tick, ms. */
const leaseMs = 2000;

/** @param secret of the queue tokens, which the draw's seed follows from, too */
export function roomVerbs(call: CallRoom, secret: string): RoomVerbs {
  return {
    admit: async (room, worker = '') => readAdmission(await call('admit', room, [worker, leaseMs])),
    numbers: async (room) => readNumbers(await call('numbers', room, [])),
    async draw(room) {
      if (room.opensAt === null) return null;
      const seed = drawSeed(secret, room._id, room.room.epoch);
      const answer = await call('numbers', room, []);
      const open = Number(answer[0]) >= room.opensAt.getTime();
      return {
        opensAt: room.opensAt.toISOString(),
        seedHash: drawSeedHash(seed),
        seed: open ? seed : null,
        participants: open ? Number(answer[11]) : null,
      };
    },
  };
}

function readAdmission(answer: Answer): AdmitResult {
  if (answer[0] === 'stale') return { admitted: [], more: false, waiting: 0, active: 0, untold: 0, leader: false };
  const [leader, more, waiting, active, untold, ...admitted] = answer;
  return {
    leader: leader === 1,
    more: more === 1,
    waiting: Number(waiting),
    active: Number(active),
    untold: Number(untold),
    admitted: admitted.map(String),
  };
}

function readNumbers(answer: Answer): RoomNumbers {
  if (answer[0] === 'stale') throw new Problem('SERVICE_UNAVAILABLE');
  const [, waiting = 0, active = 0, admittedLastMinute = 0, ...totals] = answer.map(Number);
  const [joined = 0, admitted = 0, dropped = 0, expired = 0, completed = 0, left = 0, waitMs = 0] = totals;
  const meanWaitSeconds = admitted === 0 ? null : Math.round(waitMs / admitted) / 1000;
  return {
    ...{ waiting, active, admittedLastMinute, joined, admitted, dropped, expired, completed, left },
    meanWaitSeconds,
  };
}
