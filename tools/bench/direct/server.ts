import express from 'express';
import { type ClientSession, type Collection, MongoClient } from 'mongodb';
import type { Documents } from '../../../shared/models';

/**
 * The baseline: the same hold, charge and payment on the same documents and indexes, the way such backends are usually
 * written, and as fast as that can be: one transaction a request, as few round trips as it takes, no queue, no token, no
 * idempotency, no order. Run as a process: `PORT`, `MONGODB_URI`. The header `X-User` says who asks.
 */
const holdMs = 300_000;

const client = new MongoClient(process.env.MONGODB_URI ?? '', { maxPoolSize: 50, writeConcern: { w: 'majority' } });
const db = client.db();
const collection = <C extends keyof Documents>(name: C) => db.collection(name) as unknown as Collection<Documents[C]>;
const [seats, holds, wallets] = [collection('seats'), collection('holds'), collection('wallets')];
const [pointEntries, payments] = [collection('pointEntries'), collection('payments')];
const reservations = collection('reservations');
let count = 0;
const newId = (prefix: string) => `${prefix}_${process.pid}_${count++}`;

/** A refusal: it ends the transaction, and is not tried again. */
class Refused extends Error {}

async function hold(session: ClientSession, userId: string, performanceId: string, seatId: string) {
  const _id = newId('hold');
  const commandId = newId('job');
  const seat = await seats.findOneAndUpdate(
    { _id: seatId, status: 'available' },
    { $set: { status: 'held', holdId: _id } },
    { session },
  );
  if (!seat) throw new Refused('SEAT_TAKEN');
  const placedAt = new Date();
  const document: Documents['holds'] = {
    ...{ _id, userId, concertId: 'concert_bench', performanceId, section: seat.section, seatIds: [seatId] },
    ...{ amount: seat.price, status: 'held', placedAt, expiresAt: new Date(placedAt.getTime() + holdMs) },
    ...{ endedAt: null, reservationId: null, commandId, expireCommandId: `expire_${commandId}` },
  };
  await holds.insertOne(document, { session });
  return { holdId: _id, seatIds: [seatId], amount: seat.price, expiresAt: document.expiresAt };
}

async function charge(session: ClientSession, userId: string, amount: number) {
  const wallet = await wallets.findOneAndUpdate(
    { _id: userId },
    { $inc: { balance: amount, seq: 1 } },
    { session, upsert: true, returnDocument: 'after' },
  );
  await addEntry(session, wallet as Documents['wallets'], 'charge', amount, null);
  return { amount, balance: wallet?.balance };
}

async function pay(session: ClientSession, userId: string, holdId: string) {
  const paidAt = new Date();
  const [paymentId, reservationId, commandId] = [newId('pay'), newId('res'), newId('job')];
  const held = await holds.findOneAndUpdate(
    { _id: holdId, userId, status: 'held', expiresAt: { $gt: paidAt } },
    { $set: { status: 'paid', endedAt: paidAt, reservationId } },
    { session },
  );
  if (!held) throw new Refused('HOLD_NOT_FOUND');
  const { amount, concertId, performanceId, seatIds } = held;
  const wallet = await wallets.findOneAndUpdate(
    { _id: userId, balance: { $gte: amount } },
    { $inc: { balance: -amount, seq: 1 } },
    { session, returnDocument: 'after' },
  );
  if (!wallet) throw new Refused('POINTS_INSUFFICIENT');
  await addEntry(session, wallet, 'use', amount, paymentId);
  await payments.insertOne({ _id: paymentId, userId, holdId, reservationId, amount, paidAt, commandId }, { session });
  const reservation = { _id: reservationId, userId, concertId, performanceId, seatIds, amount, holdId, paymentId };
  await reservations.insertOne({ ...reservation, reservedAt: paidAt, commandId }, { session });
  await seats.updateMany({ _id: { $in: seatIds } }, { $set: { status: 'sold' } }, { session });
  return { paymentId, reservationId, amount, balance: wallet.balance };
}

async function addEntry(
  session: ClientSession,
  { _id: userId, seq, balance: balanceAfter }: Documents['wallets'],
  kind: 'charge' | 'use',
  amount: number,
  paymentId: string | null,
) {
  const entry = { _id: newId('entry'), userId, seq, kind, amount, balanceAfter, at: new Date() };
  await pointEntries.insertOne({ ...entry, commandId: newId('job'), paymentId }, { session });
}

const app = express();
app.disable('x-powered-by');
app.use(express.json());

function route(
  path: string,
  work: (session: ClientSession, user: string, request: express.Request) => Promise<object>,
) {
  app.post(path, async (request, response) => {
    const user = request.get('x-user') ?? '';
    try {
      const result = await client.withSession((session) =>
        session.withTransaction(() => work(session, user, request), { writeConcern: { w: 'majority' } }),
      );
      response.status(202).json({ id: newId('job'), status: 'done', result });
    } catch (error) {
      const [status, code] = error instanceof Refused ? [409, error.message] : [500, String(error)];
      response.status(status).json({ status: 'refused', code });
    }
  });
}

route('/v1/performances/:performanceId/holds', (session, user, { params, body }) =>
  hold(session, user, String(params.performanceId), body.seatIds[0]),
);
route('/v1/points/charges', (session, user, { body }) => charge(session, user, body.amount));
route('/v1/holds/:holdId/payment', (session, user, { params }) => pay(session, user, String(params.holdId)));
app.get('/readyz', (_request, response) => void response.json({}));
client.connect().then(
  () => app.listen(Number(process.env.PORT), '127.0.0.1'),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
process.on('SIGTERM', () => process.exit(0));
