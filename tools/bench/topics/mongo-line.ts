import { MongoClient } from 'mongodb';
import { databaseUri, type Stores } from '../../stack/stores';

/** The same line in either store. Visitors are numbered from 0 in the order in which they come. */
export interface Line {
  /** Many who have joined before, in order. */
  fill(from: number, to: number): Promise<unknown>;
  join(visitor: number): Promise<unknown>;
  poll(visitor: number): Promise<unknown>;
  /** Lets in one more. */
  admit(): Promise<unknown>;
  pid: number;
  close(): Promise<void>;
}

interface Place {
  _id: string;
  seq: number;
  state: 'waiting' | 'active';
  seenAt: Date;
}

/**
 * A waiting room in MongoDB as it is usually written: a counter gives the place, a poll counts those ahead, admission takes
 * the first of those who wait. One document a visitor, one index; no token, no draw, no grace.
 */
export async function openMongoLine({ mongod }: Stores): Promise<Line> {
  const client = new MongoClient(databaseUri(mongod.uri, 'bench_line'), { maxPoolSize: 100 });
  const db = client.db();
  const places = db.collection<Place>('places');
  const counters = db.collection<{ _id: string; seq: number }>('counters');
  await places.createIndex({ state: 1, seq: 1 });
  return {
    async fill(from, to) {
      for (let begin = from; begin < to; begin += 10_000) {
        const visitors = Array.from({ length: Math.min(10_000, to - begin) }, (_, i) => begin + i);
        const seenAt = new Date();
        const joined = visitors.map((visitor): Place => {
          return { _id: `user_${visitor}`, seq: visitor + 1, state: 'waiting', seenAt };
        });
        await places.insertMany(joined, { ordered: false });
      }
      await counters.updateOne({ _id: 'line' }, { $set: { seq: to } }, { upsert: true });
    },
    async join(visitor) {
      const upsert = { upsert: true, returnDocument: 'after' } as const;
      const counter = await counters.findOneAndUpdate({ _id: 'line' }, { $inc: { seq: 1 } }, upsert);
      const seq = counter?.seq ?? 0;
      await places.insertOne({ _id: `user_${visitor}`, seq, state: 'waiting', seenAt: new Date() });
    },
    async poll(visitor) {
      const place = await places.findOneAndUpdate({ _id: `user_${visitor}` }, { $set: { seenAt: new Date() } });
      return place && places.countDocuments({ state: 'waiting', seq: { $lt: place.seq } });
    },
    admit: () => places.findOneAndUpdate({ state: 'waiting' }, { $set: { state: 'active' } }, { sort: { seq: 1 } }),
    pid: mongod.process.pid ?? 0,
    close: () => client.close(),
  };
}
