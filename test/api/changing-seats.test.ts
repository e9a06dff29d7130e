import type { ClientSession } from 'mongodb';
import { readSales } from '../../api/admin/concert-sales';
import { createDates } from '../../api/concerts/dates';
import { createLayouts } from '../../api/concerts/layouts';
import { readSeats, readStatuses } from '../../api/concerts/read-seats';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { SeatStatus } from '../../shared/concerts/seat.model';
import { native } from '../../shared/models';
import type { TestConcert } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

/** More than a first batch of a cursor (101) and than MongoDB reads before it yields to others. */
const seats = 3000;

let world: World;
let concert: TestConcert;
let change: Change;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  concert = await world.concert({ seats });
  change = await startChanging(world, concert.seatIds);
});
afterAll(async () => {
  await change?.stop();
  await world?.close();
});

interface Change {
  rounds(): number;
  stop(): Promise<void>;
}

/** Sold seats all over the hall come free while as many are sold, in one transaction: half of them are always free. */
async function startChanging({ context }: World, seatIds: readonly string[]): Promise<Change> {
  const collection = native(context.models, 'seats');
  const parts = Array.from({ length: 40 }, (_, part) => seatIds.filter((_id, i) => i % 40 === part));
  const set = (ids: string[], status: SeatStatus, session?: ClientSession) =>
    collection.updateMany({ _id: { $in: ids } }, { $set: { status } }, { session });
  await set(parts.slice(0, 20).flat(), 'sold');
  let stopping = false;
  let rounds = 0;
  const session = context.connection.getClient().startSession();
  const run = async () => {
    for (; !stopping; rounds += 1) {
      await session.withTransaction(async () => {
        await set(parts[rounds % 40] ?? [], 'available', session);
        await set(parts[(rounds + 20) % 40] ?? [], 'sold', session);
      });
    }
    await session.endSession();
  };
  const running = run();
  return {
    rounds: () => rounds,
    async stop() {
      stopping = true;
      await running;
    },
  };
}

/** Reads until the hall has changed so often meanwhile; what is counted by the index alone is done sooner, and wants more. */
async function whileChanging(rounds: number, read: () => Promise<void>): Promise<void> {
  const until = change.rounds() + rounds;
  for (let reads = 0; reads < 10 || change.rounds() < until; reads += 1) await read();
}

test('a seat map names each seat once, whatever becomes of the seats during the reading', async () => {
  await whileChanging(25, async () => {
    const read = await readSeats(world.context.models, concert.performanceId);
    expect(read?.map(({ id }) => id)).toEqual(concert.seatIds);
  });
});

test('what all seats are names each seat once', async () => {
  await whileChanging(40, async () => {
    const read = await readStatuses(world.context.models, concert.performanceId);
    expect(read.map(({ id }) => id).sort()).toEqual(concert.seatIds.toSorted());
  });
});

test('a layout knows every seat', async () => {
  const { models, clock } = world.context;
  await whileChanging(25, async () => {
    const layout = await createLayouts(models, clock).get(concert.performanceId, []);
    expect(layout?.seats.size).toBe(seats);
  });
});

test('sales count each seat once', async () => {
  const { models } = world.context;
  const found = await models.concerts.find({ _id: concert.concertId }).lean<ConcertDoc[]>();
  await whileChanging(60, async () => {
    const [sales] = await readSales(world.context, found);
    expect(sales?.performances).toMatchObject([{ available: seats / 2, held: 0, sold: seats / 2 }]);
  });
});

test('a date counts each free seat once', async () => {
  const { models, clock } = world.context;
  await whileChanging(60, async () => {
    expect(await createDates(models, clock, 0).get(concert.concertId)).toMatchObject([{ seatsAvailable: seats / 2 }]);
  });
});
