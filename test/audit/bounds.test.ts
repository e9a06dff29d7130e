import { native } from '../../shared/models';
import { type AuditLab, openAuditLab } from './audit-lab';
import { type Breaker, createBreaker } from './breaker';

let lab: AuditLab;
let db: Breaker;

beforeAll(async () => {
  lab = await openAuditLab();
});

beforeEach(() => {
  db = createBreaker(lab);
});

afterEach(() => lab.restore());
afterAll(() => lab.close());

const minuteMs = 60_000;
const unfinished = { status: 'accepted', finishedAt: null, result: null, problem: null };
const refused = () => db.one('commands', ({ status }) => status === 'refused')._id;

test('what is under way is no violation until it takes longer than the bound', async () => {
  await db.set('commands', refused(), { ...unfinished, dueAt: new Date(db.now - minuteMs / 2) });
  expect((await lab.audit()).violations).toEqual([]);
  const { violations } = await lab.audit({ unfinishedMs: 1000 });
  expect(violations).toEqual([expect.objectContaining({ invariant: 'I7', ids: [refused()] })]);
});

test('a command that an admin has just given back to its lane is not late', async () => {
  await db.set('commands', refused(), { ...unfinished, dueAt: new Date(db.now - 60 * minuteMs) });
  const actions = native(lab.context.models, 'adminActions');
  const retry = { _id: 'act_2', adminId: 'admin', action: 'job.retry', target: refused(), details: {} } as const;
  await actions.insertOne({ ...retry, at: new Date(db.now - 1000) });
  expect((await lab.audit()).violations).toEqual([]);
  await actions.updateOne({ _id: 'act_2' }, { $set: { at: new Date(db.now - 2 * minuteMs) } });
  expect((await lab.audit()).violations).toEqual([expect.objectContaining({ invariant: 'I7' })]);
  await actions.deleteOne({ _id: 'act_2' });
});

test('a hold may be past its end by the bound, and longer while a payment accepted in time waits', async () => {
  const hold = db.one('holds', ({ status }) => status === 'held');
  const expiresAt = new Date(db.now - minuteMs);
  const place = db.one('commands', ({ _id }) => _id === hold.commandId);
  await db.set('holds', hold._id, { expiresAt });
  await db.set('commands', place._id, { result: { ...place.result, expiresAt: expiresAt.toISOString() } });
  expect((await lab.audit({ holdGraceMs: 2 * minuteMs })).violations).toEqual([]);
  expect((await lab.audit()).violations).toEqual([expect.objectContaining({ invariant: 'I8' })]);
  const pay = db.one('commands', ({ kind }) => kind === 'payment.pay');
  const inTime = { acceptedAt: new Date(expiresAt.getTime() - 1), dueAt: new Date(db.now) };
  const waiting = { ...pay, ...unfinished, ...inTime, _id: 'job_zz', key: null, payload: { holdId: hold._id } };
  await db.add('commands', { ...waiting, status: 'accepted' });
  expect((await lab.audit()).violations).toEqual([]);
});

test('what a newer version did is left to its own audit', async () => {
  const done = native(lab.context.models, 'commands').find({ status: 'done', _id: /^job_/ });
  const kinds = new Map((await done.toArray()).map(({ _id, kind }) => [kind, _id]));
  expect([...kinds.keys()]).toEqual(expect.arrayContaining(['payment.pay', 'reservation.cancel', 'standby.join']));
  for (const [kind, id] of kinds) {
    await db.set('commands', id, { kind: 'points.donate' });
    const { violations } = await lab.audit();
    // A hold that is released names no command, so the audit looks for its release.
    const known = kind === 'hold.release' ? [expect.objectContaining({ invariant: 'I9' })] : [];
    expect({ kind, violations }).toEqual({ kind, violations: known });
    await lab.restore();
    db = createBreaker(lab);
  }
});

test('of many violations all are counted, and a few of each invariant named', async () => {
  for (let i = 0; i < 30; i += 1) await db.add('wallets', { _id: `user_${i}`, balance: -1, seq: 1 });
  const { violations, checks, broken } = await lab.audit({ limit: 3 });
  const counts = Object.fromEntries(checks.map((check) => [check.invariant, check.broken]));
  expect(counts).toMatchObject({ I1: 30, I2: 30, I3: 30, I4: 0 });
  expect(broken).toBe(90);
  expect(violations.map(({ invariant }) => invariant)).toEqual([...of3('I1'), ...of3('I2'), ...of3('I3')]);
});

const of3 = (invariant: string) => Array.from({ length: 3 }, () => invariant);

test('users whose names sort differently in JavaScript and in MongoDB are each held against their own wallet', async () => {
  for (const _id of ['user_\u{1F3AB}', 'user_\uFF5E', 'user_\uD7FF', 'user_ä'])
    await db.add('wallets', { _id, balance: 0, seq: 0 });
  expect((await lab.audit()).violations).toEqual([]);
  await db.add('wallets', { _id: 'user_\u{1F3B5}', balance: 1, seq: 0 });
  expect((await lab.audit()).violations).toEqual([expect.objectContaining({ ids: ['user_\u{1F3B5}'] })]);
});
