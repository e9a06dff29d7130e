import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { RoomKeys } from '../../shared/waiting-room/protocol';
import { roomKeys, type Scripts } from '../../shared/waiting-room/scripts';
import { createWaitingRoom, type Room, type WaitingRoom } from '../../shared/waiting-room/waiting-room';

export const secret = 'the queue tokens of these tests are made with this';

/** A waiting room on the run's Redis, under keys of its own, with a clock to move. */
export interface Lab {
  redis: Redis;
  prefix: string;
  clock: { offsetMs: number };
  room: WaitingRoom;
  /** The same room through a connection of its own, as another process has it. */
  other: WaitingRoom;
  keys(concertId: string): RoomKeys;
  close(): Promise<void>;
}

interface LabOptions {
  scripts?: Scripts;
  pollsPerSecond?: number;
  random?: () => number;
}

export function openLab(options: LabOptions = {}): Lab {
  const [redis, second] = [connect(), connect()];
  const prefix = `test_${randomBytes(6).toString('hex')}`;
  const clock = { offsetMs: 0 };
  const open = (connection: Redis) =>
    createWaitingRoom({ redis: connection, secret, prefix, clock, random: () => 0, ...options });
  return {
    ...{ redis, prefix, clock, room: open(redis), other: open(second) },
    keys: (concertId) => roomKeys(prefix, concertId),
    async close() {
      const left = await redis.keys(`${prefix}*`);
      if (left.length > 0) await redis.unlink(left);
      redis.disconnect();
      second.disconnect();
    },
  };
}

function connect(): Redis {
  return new Redis(process.env.TEST_REDIS_URL ?? '');
}

type Settings = Partial<Room['room']> & { id?: string; opensAt?: Date | null };

/** A concert's slice with few and short limits. */
export function roomOf({ id = `concert_${randomBytes(4).toString('hex')}`, opensAt = null, ...room }: Settings): Room {
  const limits = {
    maxActive: null,
    admitPerMinute: null,
    sessionSeconds: 60,
    maxSessionSeconds: 300,
    graceSeconds: 30,
  };
  return { _id: id, opensAt, entryUrl: null, room: { ...limits, paused: false, draining: false, epoch: 1, ...room } };
}
