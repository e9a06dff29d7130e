import type { CommandKind } from '../../shared/commands/catalogue';
import type { Break, Breaker } from './breaker';

const done = (db: Breaker, kind: CommandKind) =>
  db.one('commands', (command) => command.kind === kind && command.status === 'done');
const refused = (db: Breaker) => db.one('commands', ({ status }) => status === 'refused');
const hold = (db: Breaker, status: string) => db.one('holds', (doc) => doc.status === status);
const unfinished = { status: 'accepted', finishedAt: null, result: null, problem: null };

export const i7: Break[] = [
  [
    'a command that nobody finished',
    async (db) => {
      await db.set('commands', refused(db)._id, { ...unfinished, dueAt: new Date(db.now - 61_000) });
      return [refused(db)._id];
    },
  ],
  [
    'an unfinished command when nothing is under way',
    async (db) => {
      await db.set('commands', refused(db)._id, { ...unfinished, dueAt: new Date(db.now) });
      return [refused(db)._id];
    },
    { quiet: true },
  ],
  [
    'an unknown state',
    async (db) => {
      await db.set('commands', refused(db)._id, { status: 'lost' });
      return [refused(db)._id];
    },
  ],
  [
    'done without a result',
    async (db) => {
      const { _id } = done(db, 'hold.release');
      await db.set('commands', _id, { result: null });
      return [_id];
    },
  ],
  [
    'refused without a reason',
    async (db) => {
      await db.set('commands', refused(db)._id, { problem: null });
      return [refused(db)._id];
    },
  ],
  [
    'done and refused',
    async (db) => {
      const { _id } = done(db, 'points.use');
      await db.set('commands', _id, { problem: refused(db).problem });
      return [_id];
    },
  ],
  [
    'final since never',
    async (db) => {
      await db.set('commands', refused(db)._id, { finishedAt: null });
      return [refused(db)._id];
    },
  ],
  [
    'unfinished with a result',
    async (db) => {
      const { _id } = done(db, 'points.charge');
      await db.set('commands', _id, { status: 'accepted', dueAt: new Date(db.now) });
      return [_id];
    },
  ],
];

export const i8: Break[] = [
  [
    'a hold past its end',
    async (db) => {
      const { _id, seatIds } = hold(db, 'held');
      await db.set('holds', _id, { expiresAt: new Date(db.now - 60_000) });
      return [_id, ...seatIds];
    },
  ],
  [
    'a hold that a payment accepted too late waits for',
    async (db) => {
      const { _id } = hold(db, 'held');
      const expiresAt = new Date(db.now - 60_000);
      await db.set('holds', _id, { expiresAt });
      const pay = db.one('commands', ({ kind }) => kind === 'payment.pay');
      await db.add('commands', {
        ...{ ...pay, ...unfinished, status: 'accepted', _id: 'job_zz', key: null, payload: { holdId: _id } },
        ...{ acceptedAt: expiresAt, dueAt: new Date(db.now) },
      });
      return [_id];
    },
  ],
  [
    'a hold that nothing will end',
    async (db) => {
      const { _id, expireCommandId } = hold(db, 'held');
      await db.remove('commands', String(expireCommandId));
      return [_id, String(expireCommandId)];
    },
  ],
  [
    'a hold whose end failed',
    async (db) => {
      const { _id, expireCommandId } = hold(db, 'held');
      await db.set('commands', String(expireCommandId), { status: 'failed' });
      return [_id, String(expireCommandId)];
    },
  ],
];
