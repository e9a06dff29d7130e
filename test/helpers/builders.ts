import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { jobStatuses } from '../../api/commands/job';
import type { ApiContext } from '../../api/context';
import type { problemSchema } from '../../api/http/problem-schema';
import type { Role } from '../../api/http/roles';
import { type ConcertDoc, defaultRoom } from '../../shared/concerts/concert.model';
import type { Answer, Client } from './client';
import { adminPassword } from './test-config';
import { until } from './until';

export interface Job<R = Record<string, unknown>> {
  id: string;
  kind: string;
  status: (typeof jobStatuses)[number];
  acceptedAt: string;
  finishedAt: string | null;
  result: R;
  problem: z.output<typeof problemSchema>;
}

export interface TestConcert {
  concertId: string;
  /** One per performance. */
  performances: { id: string; seatIds: string[] }[];
  /** Of the first performance. */
  performanceId: string;
  seatIds: string[];
}

export interface TestUser {
  id: string;
  token: string;
}

/** A user with a queue token for one concert. */
export interface Fan extends TestUser {
  queueToken: string;
}

export interface PlacedHold {
  holdId: string;
  seatIds: string[];
  amount: number;
  expiresAt: string;
}

interface ConcertOptions {
  /** Seats of each section of each performance. */
  seats?: number;
  sections?: string[];
  performances?: number;
  price?: number;
  room?: Partial<ConcertDoc['room']>;
}

export interface Builders {
  /** A concert with dates from next week on, seats `<performance>-A-1` …, 1000 points each. */
  concert(options?: ConcertOptions): Promise<TestConcert>;
  /** Somebody new, signed in, with `points` charged. */
  user(options?: { points?: number }): Promise<TestUser>;
  admin(): Promise<TestUser>;
  cashier(): Promise<TestUser>;
  /** Somebody new with that role. */
  staff(role: Role): Promise<TestUser>;
  /** Somebody new who has joined the line of a concert. */
  fan(concert: TestConcert, options?: { points?: number }): Promise<Fan>;
  /** Holds seats of the concert's first performance, and waits until they are held. */
  hold(fan: Fan, concert: TestConcert, seatIds: string[]): Promise<PlacedHold>;
  /** Pays a hold, and waits for the outcome; when that was the last one also for the end of the visit. */
  pay(fan: Fan, holdId: string, key?: string): Promise<Answer<Job>>;
}

const weekMs = 7 * 24 * 60 * 60 * 1000;

export function createBuilders({ models, clock }: ApiContext, client: Client): Builders {
  const name = (prefix: string) => `${prefix}_${randomBytes(6).toString('hex')}`;

  async function signIn(body: object): Promise<TestUser> {
    const { body: signedIn } = await client.send<{ token: string; userId: string }>('post', '/v1/sign-in', { body });
    return { id: signedIn.userId, token: signedIn.token };
  }

  async function user({ points = 0 } = {}): Promise<TestUser> {
    const made = await signIn({ name: name('fan') });
    if (points > 0) await client.command('post', '/v1/points/charges', { token: made.token, body: { amount: points } });
    return made;
  }

  return {
    user,
    admin: () => signIn({ name: 'admin', password: adminPassword }),
    cashier: () => signIn({ name: 'cashier', password: adminPassword }),
    staff: (role) => signIn({ name: name(`${role}:`), password: adminPassword }),
    async concert({ seats = 10, sections = ['A'], performances = 1, price = 1000, room = {} } = {}) {
      const concertId = name('concert');
      const startsAt = clock.now() + weekMs;
      const made = Array.from({ length: performances }, (_, i) => ({
        id: name('perf'),
        startsAt: new Date(startsAt + i),
      }));
      const seatsOf = (performanceId: string) =>
        sections.flatMap((section) =>
          Array.from({ length: seats }, (_, i) => ({
            _id: `${performanceId}-${section}-${i + 1}`,
            ...{ performanceId, section, row: '1', number: i + 1, price, status: 'available' as const, holdId: null },
          })),
        );
      const all = made.map(({ id }) => ({ id, seatIds: seatsOf(id).map(({ _id }) => _id) }));
      await models.seats.insertMany(made.flatMap(({ id }) => seatsOf(id)));
      await models.performances.insertMany(
        made.map(({ id, startsAt: at }) => ({ _id: id, concertId, startsAt: at, seatsTotal: seats * sections.length })),
      );
      await models.concerts.create({
        _id: concertId,
        title: 'A concert of tests',
        room: { ...defaultRoom, ...room },
        createdAt: new Date(clock.now()),
      });
      const [first = { id: '', seatIds: [] }] = all;
      return { concertId, performances: all, performanceId: first.id, seatIds: first.seatIds };
    },
    async fan({ concertId }, options) {
      const made = await user(options);
      const joined = await client.send<{ token: string }>('post', `/v1/concerts/${concertId}/queue-token`, {
        token: made.token,
      });
      return { ...made, queueToken: joined.body.token };
    },
    async hold({ token, queueToken }, { performanceId }, seatIds) {
      const path = `/v1/performances/${performanceId}/holds`;
      const { body } = await client.command<Job<PlacedHold>>('post', path, { token, queueToken, body: { seatIds } });
      if (body.status !== 'done') throw new Error(`no hold: ${JSON.stringify(body)}`);
      return body.result;
    },
    async pay(fan, holdId, key) {
      const asked = { token: fan.token, queueToken: fan.queueToken, ...(key && { key }) };
      const answer = await client.command<Job>('post', `/v1/holds/${holdId}/payment`, asked);
      if (answer.body.status === 'done' && !answer.headers['idempotency-replayed']) {
        const { concertId, userId, performanceId } = await models.holds.findById(holdId).orFail().lean();
        const isLive = { status: 'held' as const, expiresAt: { $gt: new Date(clock.now()) } };
        if (await models.holds.exists({ userId, performanceId, ...isLive })) return answer;
        const path = `/v1/concerts/${concertId}/queue-token`;
        await until('the visit to end', async () => (await client.send('get', path, fan)).body.status !== 'active');
      }
      return answer;
    },
  };
}
