import { type CollectionName, native } from '../../shared/models';
import { deleteOld, retentionId } from '../../workers/retention/delete-old';
import { type AuditLab, openAuditLab } from './audit-lab';

const dayMs = 86_400_000;
const books: CollectionName[] = ['wallets', 'pointEntries', 'payments', 'reservations', 'seats'];
let lab: AuditLab;

beforeEach(async () => {
  lab = await openAuditLab();
});
afterEach(() => lab.close());

const deleteNow = (context = lab.context) => deleteOld(context, new AbortController().signal);
const all = (name: CollectionName) => native(lab.context.models, name).find().toArray();

/** A month later, with what was left to do done. */
async function aMonthLater(): Promise<void> {
  lab.context.clock.offsetMs += 31 * dayMs;
  await lab.command('points.charge', 'user_ann', { amount: 1 });
}

test('what ended a month ago goes, the books and what is recent stay, and the audit finds nothing', async () => {
  await aMonthLater();
  const before = Object.fromEntries(await Promise.all(books.map(async (name) => [name, await all(name)])));
  const deleted = await deleteNow();
  expect(deleted.commands).toBeGreaterThan(15);
  // The one that was left; what was offered has just lapsed.
  expect(deleted.standbyEntries).toBe(1);
  for (const name of books) expect(await all(name)).toEqual(before[name]);
  const holds = await native(lab.context.models, 'holds').find().toArray();
  expect(new Set(holds.map(({ status }) => status))).toEqual(new Set(['paid', 'expired']));
  const { violations, checks } = await lab.audit({ quiet: true });
  expect(violations).toEqual([]);
  expect(checks.filter(({ checked }) => checked === 0).map(({ invariant }) => invariant)).toEqual(['I10']);
});

test('another walk goes on where that one ended', async () => {
  await aMonthLater();
  await deleteNow();
  expect(await deleteNow()).toMatchObject({});
  await aMonthLater();
  await aMonthLater();
  const { commands = 0 } = await deleteNow();
  expect(commands).toBeGreaterThan(0);
  expect((await lab.audit({ quiet: true })).violations).toEqual([]);
});

test('unfinished and failed commands stay, and 0 keeps everything', async () => {
  const { models } = lab.context;
  const one = await lab.command('points.charge', 'user_ann', { amount: 1 });
  const two = await lab.command('points.charge', 'user_bob', { amount: 1 });
  await native(models, 'commands').updateOne({ _id: one._id }, { $set: { status: 'failed' } });
  await native(models, 'commands').updateOne({ _id: two._id }, { $set: { status: 'accepted', finishedAt: null } });
  lab.context.clock.offsetMs += 31 * dayMs;
  const before = (await all('commands')).length;
  const forEver = { ...lab.context.config, KEEP_COMMANDS_DAYS: 0, KEEP_HOLDS_DAYS: 0, KEEP_ADMIN_ACTIONS_DAYS: 0 };
  expect(await deleteNow({ ...lab.context, config: forEver })).toEqual({});
  expect(await all('commands')).toHaveLength(before);
  await deleteNow();
  const left = await native(models, 'commands')
    .find({ _id: { $in: [one._id, two._id] } })
    .toArray();
  expect(left).toHaveLength(2);
});

test('within the horizon nothing may be missing, and beyond it the books must agree', async () => {
  await aMonthLater();
  await deleteNow();
  const { models } = lab.context;
  const recent = await lab.command('points.charge', 'user_ann', { amount: 1 });
  await native(models, 'commands').deleteOne({ _id: recent._id });
  expect((await lab.audit()).violations.map(({ invariant }) => invariant)).toEqual(['I9']);
  const [payment] = await native(models, 'payments').find().toArray();
  await native(models, 'payments').deleteOne({ _id: payment?._id });
  expect((await lab.audit()).violations.map(({ invariant }) => invariant)).toContain('I4');
  await native(models, 'pointEntries').deleteOne({ userId: 'user_ann', seq: 1 });
  expect((await lab.audit()).violations.map(({ invariant }) => invariant)).toContain('I1');
});

test('without a horizon what was deleted is missed', async () => {
  await aMonthLater();
  await deleteNow();
  await native(lab.context.models, 'schedules').deleteOne({ _id: retentionId });
  expect((await lab.audit()).broken).toBeGreaterThan(0);
});

test('looks, and what waited for a second person, go with the changes of staff; charges by cashiers stay', async () => {
  const { models, clock } = lab.context;
  const at = new Date(clock.now());
  const made = { _id: lab.context.newId('act'), adminId: 'admin', target: 'user_ann', at, details: {} };
  await native(models, 'adminActions').insertOne({ ...made, action: 'user.look', look: true });
  const asked = {
    action: 'waiting-room.reset',
    target: 'concert_demo',
    request: { epoch: 1 },
    askedBy: 'admin',
  } as const;
  const ended = { at, expiresAt: at, status: 'confirmed', decidedBy: 'another', decidedAt: at } as const;
  await native(models, 'approvals').insertOne({ _id: lab.context.newId('appr'), ...asked, ...ended });
  clock.offsetMs += 364 * dayMs;
  await deleteNow();
  expect(await all('approvals')).toHaveLength(1);
  clock.offsetMs += 2 * dayMs;
  await deleteNow();
  expect(await all('approvals')).toEqual([]);
  expect((await native(models, 'adminActions').find().toArray()).map(({ action }) => action)).not.toContain(
    'user.look',
  );
});
