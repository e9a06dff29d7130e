import type { Fan, Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type WorldOptions } from '../helpers/world';
import { closeAudited } from './close-audited';

type Joined = Job<{ standbyId: string; position: number }>;
export interface Place {
  id: string;
  status: string;
  position: number | null;
  length: number | null;
  holdId: string | null;
  reason: string | null;
}
/** Somebody with a seat, in the order of `concert.seatIds`. */
interface SeatHolder {
  fan: Fan;
  holdId: string;
}

/** A world for people who wait for seats of sold-out dates. */
export async function openStandby(settings: WorldOptions['settings'] = {}) {
  const world = await startWorld({
    settings: { SWEEP_MS: '100', OFFER_SECONDS: '120', MAX_SEATS_PER_HOLD: '3', MAX_SEATS_PER_USER: '3', ...settings },
  });

  /** A concert whose seats are all held, one by one. */
  async function soldOut<N extends 1 | 2 | 3 | 4>(seats: N): Promise<{ concert: TestConcert; holders: Holders<N> }> {
    const concert = await world.concert({ seats });
    const holders: SeatHolder[] = [];
    for (const seatId of concert.seatIds) {
      const fan = await world.fan(concert, { points: 5000 });
      holders.push({ fan, holdId: (await world.hold(fan, concert, [seatId])).holdId });
    }
    return { concert, holders: holders as never };
  }

  const ask = ({ token }: TestUser, { performanceId }: TestConcert, body: object) =>
    world.client.command<Joined>('post', `/v1/performances/${performanceId}/standby`, { token, body });

  async function join(user: TestUser, concert: TestConcert, body: object = { seats: 1 }): Promise<string> {
    const { body: job } = await ask(user, concert, body);
    expect(job).toMatchObject({ status: 'done' });
    return job.result.standbyId;
  }

  const placesOf = async ({ token }: TestUser) =>
    (await world.client.send<{ items: Place[] }>('get', '/v1/standby', { token })).body.items;
  const placeOf = async (user: TestUser) => (await placesOf(user))[0];

  return {
    ...{ world, soldOut, ask, join, placesOf, placeOf },
    async release({ fan, holdId }: SeatHolder) {
      const { body } = await world.client.command<Job>('delete', `/v1/holds/${holdId}`, fan);
      expect(body).toMatchObject({ status: 'done' });
    },
    offered: (user: TestUser) =>
      until('an offer', async () => {
        const place = await placeOf(user);
        return place?.status === 'offered' && (place as Place & { holdId: string });
      }),
    seatsOf: ({ performanceId }: TestConcert) =>
      world.context.models.seats.find({ performanceId }).sort({ _id: 1 }).lean(),
    close: () => closeAudited(world),
  };
}

type Holders<N extends number> = {
  1: [SeatHolder];
  2: [SeatHolder, SeatHolder];
  3: [SeatHolder, SeatHolder, SeatHolder];
  4: [SeatHolder, SeatHolder, SeatHolder, SeatHolder];
}[N extends 1 | 2 | 3 | 4 ? N : never];
