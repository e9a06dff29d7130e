import { createConcert, layOutSeats, openPerformance } from '../../../api/concerts/set-up';
import { defaultRoom } from '../../../shared/concerts/concert.model';
import { bindModels } from '../../../shared/models';
import { openMongo } from '../../../shared/platform/mongo';
import { migrate } from '../../operate/migrate/run-migrations';
import { benchConcert, planHall, type Target } from './target';

interface DirectTarget extends Target {
  close(): Promise<void>;
}

let users = 0;

/** The baseline `direct` on a database of its own, with the product's indexes. It has no admin API: halls are set up here. */
export async function openDirect(port: number, mongodbUri: string): Promise<DirectTarget> {
  await migrate(mongodbUri);
  const connection = await openMongo(mongodbUri, 'bench');
  const models = bindModels(connection);
  const concert = { _id: benchConcert, title: 'Bench', opensAt: null, timeZone: null, entryUrl: null };
  await createConcert(models, { ...concert, room: defaultRoom, createdAt: new Date() });
  return {
    port,
    visitors: async (count) =>
      Array.from({ length: count }, () => {
        const userId = `user_bench_${process.pid}_${users++}`;
        return { userId, headers: { 'X-User': userId } };
      }),
    async halls(halls, count) {
      const planned = Array.from({ length: halls }, () => planHall(count));
      for (const { performanceId: _id, startsAt, sections } of planned) {
        const rows = sections.map(({ name, seatsPerRow, rows, price }) => {
          return { name, seatsPerRow, rowPrices: Array.from({ length: rows }, () => price) };
        });
        const plan = { _id, concertId: benchConcert, startsAt: new Date(startsAt), sections: rows };
        await layOutSeats(models, plan);
        await openPerformance(models, plan);
      }
      return planned;
    },
    close: () => connection.close(),
  };
}
