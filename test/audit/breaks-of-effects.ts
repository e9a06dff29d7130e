import type { CommandKind } from '../../shared/commands/catalogue';
import type { Break, Breaker } from './breaker';

const done = (db: Breaker, kind: CommandKind) =>
  db.one('commands', (command) => command.kind === kind && command.status === 'done');
const refused = (db: Breaker) => db.one('commands', ({ status }) => status === 'refused');
const hold = (db: Breaker, status: string) => db.one('holds', (doc) => doc.status === status);
const entryOf = (db: Breaker, commandId: string) => db.one('pointEntries', (entry) => entry.commandId === commandId);

export const i9: Break[] = [
  [
    'an entry without its command',
    async (db) => {
      const { _id } = done(db, 'points.charge');
      await db.remove('commands', _id);
      return [_id, entryOf(db, _id)._id];
    },
  ],
  [
    'a command without its entry',
    async (db) => {
      const { _id } = done(db, 'points.use');
      await db.remove('pointEntries', entryOf(db, _id)._id);
      return [_id];
    },
  ],
  [
    'two entries of one command',
    async (db) => {
      const entry = entryOf(db, done(db, 'points.charge')._id);
      await db.add('pointEntries', { ...entry, _id: 'entry_twice', seq: 1000 });
      return ['entry_twice', entry.commandId];
    },
  ],
  [
    'an entry whose id no command can have given',
    async (db) => {
      const entry = entryOf(db, done(db, 'points.charge')._id);
      await db.add('pointEntries', { ...entry, _id: 'user_ann:1000', seq: 1000 });
      return ['user_ann:1000'];
    },
  ],
  [
    'an effect of a refused command',
    async (db) => {
      const { _id } = done(db, 'points.charge');
      await db.set('commands', _id, { status: 'refused', result: null, problem: refused(db).problem });
      return [_id, entryOf(db, _id)._id];
    },
  ],
  [
    'a result that says another balance',
    async (db) => {
      const { _id, result } = done(db, 'points.charge');
      await db.set('commands', _id, { result: { ...result, balance: 7 } });
      return [_id, entryOf(db, _id)._id];
    },
  ],
  [
    'an entry of another amount than asked for',
    async (db) => {
      const { _id } = done(db, 'points.charge');
      await db.set('commands', _id, { payload: { amount: 7 } });
      return [_id, entryOf(db, _id)._id];
    },
  ],
  [
    'a hold without its command',
    async (db) => {
      const { _id, commandId } = hold(db, 'paid');
      await db.remove('commands', commandId);
      return [_id, commandId];
    },
  ],
  [
    'a hold of other seats than asked for',
    async (db) => {
      const { _id, commandId } = hold(db, 'released');
      await db.set('holds', _id, { seatIds: ['seat_other'] });
      return [_id, commandId];
    },
  ],
  [
    'a released hold that nobody released',
    async (db) => {
      await db.remove('commands', done(db, 'hold.release')._id);
      return [hold(db, 'released')._id];
    },
  ],
  [
    'a release that released nothing',
    async (db) => {
      const { _id, payload } = done(db, 'hold.release');
      await db.set('commands', _id, { payload: { ...(payload as object), holdId: 'hold_never' } });
      return [_id, 'hold_never'];
    },
  ],
  [
    'a hold released twice',
    async (db) => {
      const release = done(db, 'hold.release');
      await db.add('commands', { ...release, _id: 'job_zz', key: null });
      return [hold(db, 'released')._id, release._id, 'job_zz'];
    },
  ],
  [
    'a hold that expired before its end',
    async (db) => {
      const { _id, placedAt } = hold(db, 'expired');
      await db.set('holds', _id, { endedAt: placedAt });
      return [_id];
    },
  ],
  [
    'a paid hold without a payment',
    async (db) => {
      const { _id } = hold(db, 'paid');
      await db.remove('payments', db.one('payments', ({ holdId }) => holdId === _id)._id);
      return [_id];
    },
  ],
  [
    'a hold paid twice',
    async (db) => {
      await db.dropIndex('payments', 'holdId_1');
      const payment = db.one('payments');
      await db.add('payments', { ...payment, _id: 'pay_second' });
      return [payment.holdId, payment._id, 'pay_second'];
    },
  ],
  [
    'a hold that lives although it is paid',
    async (db) => {
      const { _id } = hold(db, 'paid');
      await db.set('holds', _id, { status: 'released' });
      return [_id];
    },
  ],
  [
    'a hold that is gone',
    async (db) => {
      const { _id, commandId } = hold(db, 'released');
      await db.remove('holds', _id);
      return [commandId];
    },
  ],
  [
    'seats that a refused command cancelled',
    async (db) => {
      const { _id } = done(db, 'reservation.cancel');
      await db.set('commands', _id, { status: 'refused', result: null, problem: refused(db).problem });
      return [_id];
    },
  ],
  [
    'a cancelled seat that its command does not name',
    async (db) => {
      const { _id, result } = done(db, 'reservation.cancel');
      await db.set('commands', _id, { result: { ...result, seatIds: ['seat_other'] } });
      return [_id, String(result?.reservationId)];
    },
  ],
];
