import type { CommandKind, PayloadOf } from '../../../shared/commands/catalogue';
import type { CommandDoc } from '../../../shared/commands/command.model';
import type { SeatDoc } from '../../../shared/concerts/seat.model';
import type { HoldDoc } from '../../../shared/holds/hold.model';
import { type CollectionName, type Documents, type Models, native } from '../../../shared/models';
import { derivedId } from '../../../shared/platform/ids';

type Batch = {
  [C in 'commands' | 'holds' | 'payments' | 'reservations' | 'pointEntries' | 'wallets' | 'seats']: Documents[C][];
};

/** Entries of one generated user's ledger: charges, uses, payments. */
export const entriesPerUser = 10;
const usersPerBatch = 500;
const start = Date.UTC(2026, 0, 1);
const price = 1000;

/**
 * Fills an empty database with what `users` fans did: ten ledger entries each (five charges, three uses, two payments for
 * two seats each), and one more hold that ran out, was given back or is live. Healthy: an audit finds nothing.
 */
export async function generateDatabase(models: Models, users: number, now: number): Promise<void> {
  for (let first = 0; first < users; first += usersPerBatch) {
    const batch = emptyBatch();
    for (let user = first; user < Math.min(users, first + usersPerBatch); user += 1) addUser(batch, user, now);
    for (const name of Object.keys(batch) as (keyof Batch)[]) await insert(models, name, batch[name]);
  }
}

/** Of a concert's date that the generated seats are of. */
export const generatedConcert = 'concert_generated';

/**
 * Adds one who has done far more than all others: `changes` charges, and holds that were given back. Ids and times follow those of
 * `users` others.
 */
export async function generateHeavyUser(models: Models, userId: string, users: number, changes: number): Promise<void> {
  const wallet = { _id: userId, balance: 0, seq: 0 };
  let step = 0;
  const next = () => {
    step += 1;
    return { id: `job_${String(users * 100 + step).padStart(26, '0')}`, at: new Date(start + users * 100 + step) };
  };
  for (let made = 0; made < changes; made += usersPerBatch) {
    const batch = emptyBatch();
    const story: Story = { batch, userId, wallet, next };
    for (let i = 0; i < usersPerBatch; i += 1) addChange(story, 'charge', 1);
    for (let i = 0; i < usersPerBatch / 20; i += 1) addRelease(story, addHold(story, made + i, 'released', 0));
    for (const name of Object.keys(batch) as (keyof Batch)[])
      if (batch[name].length > 0) await insert(models, name, batch[name]);
  }
  await insert(models, 'wallets', [wallet]);
}

const emptyBatch = (): Batch => ({
  ...{ commands: [], holds: [], payments: [], reservations: [], pointEntries: [], wallets: [], seats: [] },
});

async function insert(models: Models, name: CollectionName, docs: object[]): Promise<void> {
  await native(models, name).insertMany(docs as never, { ordered: false });
}

/** A user whose documents are being made. */
interface Story {
  batch: Batch;
  userId: string;
  wallet: { _id: string; balance: number; seq: number };
  /** Id and time of the next command. */
  next(): { id: string; at: Date };
}

function addUser(batch: Batch, user: number, now: number): void {
  const userId = `user_${String(user).padStart(8, '0')}`;
  const wallet = { _id: userId, balance: 0, seq: 0 };
  let step = 0;
  const next = () => {
    step += 1;
    return { id: `job_${String(user * 100 + step).padStart(26, '0')}`, at: new Date(start + user * 100 + step) };
  };
  const story: Story = { batch, userId, wallet, next };
  for (let i = 0; i < 5; i += 1) addChange(story, 'charge', 5000 + i);
  for (let i = 0; i < 3; i += 1) addChange(story, 'use', 10 + i);
  for (let i = 0; i < 2; i += 1) addPayment(story, addHold(story, i, 'paid', now));
  const end = (['expired', 'released', 'held'] as const)[user % 3] ?? 'held';
  const hold = addHold(story, 2, end, now);
  if (end === 'released') addRelease(story, hold);
  batch.wallets.push(wallet);
}

function addChange(story: Story, kind: 'charge' | 'use', amount: number): void {
  const { id, at } = story.next();
  const command = finished(id, `points.${kind}`, { amount }, story.userId, at);
  addEntry(story, kind, amount, command, null);
  story.batch.commands.push(command);
}

function addEntry(
  { batch, userId, wallet }: Story,
  kind: 'charge' | 'use',
  amount: number,
  command: CommandDoc,
  paymentId: string | null,
): void {
  wallet.seq += 1;
  wallet.balance += kind === 'charge' ? amount : -amount;
  const { _id: commandId, acceptedAt: at } = command;
  const amounts = { seq: wallet.seq, kind, amount, balanceAfter: wallet.balance };
  batch.pointEntries.push({ _id: derivedId('entry', commandId), userId, ...amounts, at, commandId, paymentId });
  command.result = { ...command.result, amount, balance: wallet.balance };
}

function addRelease({ batch, userId, next }: Story, hold: HoldDoc): void {
  const { id, at } = next();
  const { _id: holdId, performanceId, section, seatIds } = hold;
  const command = finished(id, 'hold.release', { holdId, performanceId, section }, userId, at);
  batch.commands.push({ ...command, result: { holdId, seatIds } });
  hold.endedAt = at;
}

function addPayment(story: Story, hold: HoldDoc): void {
  const { batch, userId } = story;
  const { id, at } = story.next();
  const { _id: holdId, amount, concertId, performanceId, seatIds } = hold;
  const [paymentId, reservationId] = [derivedId('pay', id), derivedId('res', id)];
  const command = finished(id, 'payment.pay', { holdId }, userId, at);
  addEntry(story, 'use', amount, command, paymentId);
  command.result = { paymentId, reservationId, ...command.result };
  batch.commands.push(command);
  const common = { userId, holdId, amount, commandId: id };
  batch.payments.push({ _id: paymentId, ...common, reservationId, paidAt: at });
  const place = { concertId, performanceId, seatIds };
  batch.reservations.push({ _id: reservationId, ...common, ...place, paymentId, reservedAt: at });
  Object.assign(hold, { endedAt: at, reservationId });
}

type HoldEnd = 'paid' | 'released' | 'expired' | 'held';

function addHold({ batch, userId, next }: Story, number: number, end: HoldEnd, now: number): HoldDoc {
  const { id, at } = next();
  const [performanceId, section, holdId] = ['perf_generated', 'A', derivedId('hold', id)];
  const seatIds = [0, 1].map((i) => `seat_${userId}_${number * 2 + i}`);
  const placedAt = end === 'held' ? new Date(now) : at;
  const expiresAt = new Date(placedAt.getTime() + 300_000);
  const expireCommandId = derivedId('expire', id);
  const amount = seatIds.length * price;
  const place = finished(
    id,
    'hold.place',
    { concertId: generatedConcert, performanceId, section, seatIds },
    userId,
    placedAt,
  );
  place.result = { holdId, seatIds, amount, expiresAt: expiresAt.toISOString() };
  const expire = finished(expireCommandId, 'hold.expire', { holdId, performanceId, section }, userId, expiresAt);
  expire.status = end === 'expired' ? 'done' : end === 'held' ? 'accepted' : 'skipped';
  expire.result = end === 'expired' ? { holdId, seatIds } : null;
  if (end === 'held') expire.finishedAt = null;
  batch.commands.push(place, { ...expire, key: null });
  const hold: HoldDoc = {
    ...{ _id: holdId, userId, concertId: generatedConcert, performanceId, section, seatIds, amount, status: end },
    ...{ placedAt, expiresAt, endedAt: end === 'expired' ? expiresAt : null, reservationId: null },
    ...{ commandId: id, expireCommandId },
  };
  batch.holds.push(hold);
  batch.seats.push(...seatsOf(hold, number));
  return hold;
}

function seatsOf({ _id: holdId, performanceId, section, seatIds, status: end }: HoldDoc, number: number): SeatDoc[] {
  const status = end === 'paid' ? 'sold' : end === 'held' ? 'held' : 'available';
  const seat = {
    performanceId,
    section,
    row: '1',
    price,
    status,
    holdId: status === 'available' ? null : holdId,
  } as const;
  return seatIds.map((_id, i) => ({ ...seat, _id, number: number * 2 + i }));
}

function finished<K extends CommandKind>(
  _id: string,
  kind: K,
  payload: PayloadOf<K>,
  userId: string,
  at: Date,
): CommandDoc {
  const lane = kind.startsWith('hold') ? 'reservation-00' : 'wallet-00';
  return {
    ...{ _id, kind, lane, userId, payload, key: `key-${_id}`, fingerprint: 'generated', status: 'done' },
    ...{ acceptedAt: at, dueAt: at, finishedAt: at, result: {}, problem: null, epoch: 1, position: 0 },
  };
}
