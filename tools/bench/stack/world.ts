import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { type ConcertDoc, defaultRoom } from '../../../shared/concerts/concert.model';
import { type Context, openContext } from '../../../shared/context';
import { native } from '../../../shared/models';
import { loadConfig } from '../../../shared/platform/config';
import { createWaitingRoom, type WaitingRoom } from '../../../shared/waiting-room/waiting-room';
import { benchConcert, type Hall, type Supplies, seatPrice, seatsOfSection } from '../targets/target';
import { benchSecret } from './settings';

/** Prepares data straight in the stores, so that only what is measured goes through the API. */
export interface BenchWorld extends Supplies {
  context: Context;
  close(): Promise<void>;
}

const concert: ConcertDoc = {
  _id: benchConcert,
  title: 'Bench',
  opensAt: null,
  entryUrl: null,
  room: { ...defaultRoom, sessionSeconds: 3600, maxSessionSeconds: 7200 },
  createdAt: new Date(),
};
// Imported once: for each token it would take longer than the signature.
const key = createSecretKey(Buffer.from(benchSecret));

export async function openWorld(settings: Record<string, string>): Promise<BenchWorld> {
  const context = await openContext(loadConfig(settings), 'bench');
  const { models, config, redis, clock, newId } = context;
  await models.concerts.updateOne({ _id: concert._id }, concert, { upsert: true });
  const room = createWaitingRoom({ redis, clock, secret: config.QUEUE_TOKEN_SECRET, prefix: config.QUEUE_PREFIX });

  return {
    context,
    visitors: (count, { join }) =>
      inParts(count, 500, async () => {
        const userId = newId('user');
        const queueToken = join ? await joinRoom(room, userId) : '';
        const token = await new SignJWT({})
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject(userId)
          .setExpirationTime('2h')
          .sign(key);
        return { userId, headers: { Authorization: `Bearer ${token}`, 'Queue-Token': queueToken } };
      }),
    async halls(halls, count) {
      const made: Hall[] = [];
      for (let i = 0; i < halls; i += 1) {
        const performanceId = newId('perf');
        const seats = Array.from({ length: count }, (_, number) => seat(performanceId, number));
        await native(models, 'seats').insertMany(seats, { ordered: false });
        await models.performances.create({
          _id: performanceId,
          concertId: concert._id,
          startsAt: new Date(Date.now() + 86_400_000),
          seatsTotal: count,
        });
        made.push({ performanceId, seatIds: seats.map(({ _id }) => _id) });
      }
      return made;
    },
    close: () => context.lifecycle.close(),
  };
}

const joinRoom = async (room: WaitingRoom, userId: string) => (await room.join(concert, userId)).token;

function seat(performanceId: string, number: number) {
  const section = `S${Math.floor(number / seatsOfSection)}`;
  const place = { performanceId, section, row: '1', number, price: seatPrice };
  return { _id: `${performanceId}-${number}`, ...place, status: 'available' as const, holdId: null };
}

async function inParts<T>(count: number, part: number, make: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  while (all.length < count)
    all.push(...(await Promise.all(Array.from({ length: Math.min(part, count - all.length) }, make))));
  return all;
}
