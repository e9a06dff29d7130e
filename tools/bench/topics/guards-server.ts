import express from 'express';
import { type Collection, MongoClient, MongoServerError } from 'mongodb';
import type { Documents } from '../../../shared/models';

/**
 * Two ways of holding a seat that are often written, for comparison: `GUARD=none` reads the seat and then writes it;
 * `GUARD=unique` lets a unique index decide who was first, and writes the rest afterwards. No transaction in either.
 * Run as a process: `PORT`, `MONGODB_URI`. The header `X-User` says who asks.
 */
const client = new MongoClient(process.env.MONGODB_URI ?? '', { maxPoolSize: 50, writeConcern: { w: 'majority' } });
const db = client.db();
const collection = <C extends keyof Documents>(name: C) => db.collection(name) as unknown as Collection<Documents[C]>;
const seats = collection('seats');
// The product's own collection has a unique index over the seats that are held.
const holds = db.collection<Documents['holds']>('plainHolds');
const claims = db.collection<{ _id: string }>('claims');
let count = 0;

/** @returns whether the seat is this user's now */
const guards: Record<string, (seatId: string) => Promise<boolean>> = {
  none: async (seatId) => (await seats.findOne({ _id: seatId }))?.status === 'available',
  unique: (seatId) =>
    claims.insertOne({ _id: seatId }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof MongoServerError && error.code === 11000) return false;
        throw error;
      },
    ),
};
const guard = guards[process.env.GUARD ?? ''] ?? guards.none;

const app = express();
app.use(express.json());
app.post('/v1/performances/:performanceId/holds', async (request, response) => {
  const [seatId] = request.body.seatIds as [string];
  if (!(await guard?.(seatId))) return void response.status(409).json({ status: 'refused', code: 'SEAT_TAKEN' });
  const _id = `hold_${process.pid}_${count++}`;
  const placedAt = new Date();
  await holds.insertOne({
    ...{ _id, userId: request.get('x-user') ?? '', concertId: 'concert_bench', section: '', seatIds: [seatId] },
    ...{ performanceId: request.params.performanceId, amount: 10, status: 'held', placedAt, expiresAt: placedAt },
    ...{ endedAt: null, reservationId: null, commandId: _id, expireCommandId: _id },
  });
  await seats.updateOne({ _id: seatId }, { $set: { status: 'held', holdId: _id } });
  response.status(202).json({ status: 'done', result: { holdId: _id } });
});
app.get('/readyz', (_request, response) => void response.json({}));
client.connect().then(
  () => app.listen(Number(process.env.PORT), '127.0.0.1'),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
process.on('SIGTERM', () => process.exit(0));
