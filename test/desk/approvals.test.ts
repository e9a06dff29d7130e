import type { TestUser } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
let first: TestUser;
let second: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { TWO_PEOPLE: 'true', TWO_PEOPLE_MINUTES: '10' } });
  [first, second] = [await world.staff('admin'), await world.staff('admin')];
});
afterAll(() => world?.close());

interface Approval {
  id: string;
  status: string;
  askedBy: string;
  decidedBy: string | null;
}

const post = <T = Approval>(path: string, who: TestUser, body?: object) =>
  world.client.send<T>('post', `/v1/admin/${path}`, { token: who.token, ...(body && { body }) });
const confirm = (id: string, who: TestUser) => post(`approvals/${id}/confirmation`, who);
const epochOf = async (concertId: string) =>
  (await world.context.models.concerts.findById(concertId).orFail().lean()).room.epoch;
const reset = (concertId: string, who = first) => post(`concerts/${concertId}/waiting-room/reset`, who, { epoch: 1 });
const callOff = (performanceId: string, who = first) =>
  post(`performances/${performanceId}/cancellation`, who, { reason: 'rain' });

test('a reset waits for a second person, who does it; both are named', async () => {
  const { concertId } = await world.concert();
  const asked = await reset(concertId);
  expect(asked).toMatchObject({ status: 202, body: { status: 'waiting', askedBy: first.id, request: { epoch: 1 } } });
  expect(await epochOf(concertId)).toBe(1);
  expect(await confirm(asked.body.id, second)).toMatchObject({
    status: 200,
    body: { status: 'confirmed', askedBy: first.id, decidedBy: second.id },
  });
  expect(await epochOf(concertId)).toBe(2);
  const records = await world.context.models.adminActions.find({ target: concertId }).sort({ _id: 1 }).lean();
  expect(records).toMatchObject([
    { action: 'approval.ask', adminId: first.id },
    {
      ...{ action: 'waiting-room.reset', adminId: second.id },
      details: { askedBy: first.id, approvalId: asked.body.id, epoch: { from: 1, to: 2 } },
    },
  ]);
  // A repeat does nothing more.
  expect(await confirm(asked.body.id, second)).toMatchObject({ status: 200, body: { status: 'confirmed' } });
  expect(await epochOf(concertId)).toBe(2);
  expect(await reset(concertId)).toMatchObject({ status: 200, body: { epoch: 2 } });
});

test('one person alone never suffices: not by asking twice, nor by another token', async () => {
  const { concertId, performanceId } = await world.concert();
  const name = `admin:${concertId}`;
  const signIn = async () => {
    const body = { name, password: world.config.ADMIN_PASSWORD };
    return (await world.client.send<{ userId: string; token: string }>('post', '/v1/sign-in', { body })).body;
  };
  const alone = await signIn();
  world.clock.offsetMs += 1000;
  const other = await signIn();
  expect([other.userId, other.token === alone.token]).toEqual([alone.userId, false]);
  const [one, two] = [alone, other].map(({ userId, token }) => ({ id: userId, token })) as [TestUser, TestUser];
  for (const ask of [() => reset(concertId, one), () => callOff(performanceId, one)]) {
    const { body } = await ask();
    for (const who of [one, two])
      expect(await confirm(body.id, who)).toMatchObject({ status: 403, body: { code: 'SECOND_PERSON_REQUIRED' } });
    expect((await ask()).body).toEqual(body);
  }
  // Somebody else who asks for the same has not confirmed it either.
  expect((await reset(concertId, second)).body).toMatchObject({ askedBy: one.id, status: 'waiting' });
  expect(await epochOf(concertId)).toBe(1);
  expect((await world.context.models.performances.findById(performanceId).orFail().lean()).cancelledAt).toBeFalsy();
});

test('a date is called off by two people', async () => {
  const { performanceId } = await world.concert();
  const asked = await callOff(performanceId);
  expect(asked).toMatchObject({ status: 202, body: { status: 'waiting' } });
  expect((await confirm(asked.body.id, second)).status).toBe(200);
  const again = await post<{ cancelledAt: string; reason: string }>(
    `performances/${performanceId}/cancellation`,
    first,
    {
      reason: 'again',
    },
  );
  expect(again).toMatchObject({ status: 202, body: { reason: 'rain', cancelledAt: expect.any(String) } });
});

test('what nobody confirms in time is over, and may be asked for anew', async () => {
  const { concertId } = await world.concert();
  const { body } = await reset(concertId);
  world.clock.offsetMs += 601_000;
  expect(await confirm(body.id, second)).toMatchObject({ status: 409, body: { code: 'APPROVAL_OVER' } });
  expect(await post(`approvals/${body.id}/rejection`, second)).toMatchObject({ body: { code: 'APPROVAL_OVER' } });
  expect(await epochOf(concertId)).toBe(1);
  const anew = await reset(concertId, second);
  expect(anew.body).toMatchObject({ status: 'waiting', askedBy: second.id });
  expect(anew.body.id).not.toBe(body.id);
  const { items } = (await world.client.send<{ items: Approval[] }>('get', '/v1/admin/approvals', first)).body;
  expect(items.slice(0, 2)).toMatchObject([{ status: 'waiting' }, { status: 'expired' }]);
});

test('who asked may take it back, another one may reject it; then nothing is done', async () => {
  for (const who of [first, second]) {
    const { concertId } = await world.concert();
    const { body } = await reset(concertId);
    const path = `approvals/${body.id}/rejection`;
    expect(await post(path, who)).toMatchObject({ status: 200, body: { status: 'rejected', decidedBy: who.id } });
    expect(await post(path, who)).toMatchObject({ status: 409, body: { code: 'APPROVAL_OVER' } });
    expect(await confirm(body.id, second)).toMatchObject({ status: 409, body: { code: 'APPROVAL_OVER' } });
    expect(await epochOf(concertId)).toBe(1);
  }
});

test('many who confirm at once do it once', async () => {
  const { concertId } = await world.concert();
  const { body } = await reset(concertId);
  const people = await Promise.all(Array.from({ length: 5 }, () => world.staff('admin')));
  const answers = await Promise.all(people.map((who) => confirm(body.id, who)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  expect(await epochOf(concertId)).toBe(2);
});

test('many who ask at once make one request', async () => {
  const { concertId } = await world.concert();
  const people = await Promise.all(Array.from({ length: 5 }, () => world.staff('admin')));
  const ids = (await Promise.all(people.map((who) => reset(concertId, who)))).map(({ body }) => body.id);
  expect(new Set(ids).size).toBe(1);
});

test('an operator may confirm a reset, and not a call-off', async () => {
  const { concertId, performanceId } = await world.concert();
  const operator = await world.staff('operator');
  const [room, date] = [(await reset(concertId)).body, (await callOff(performanceId)).body];
  for (const decision of ['confirmation', 'rejection'])
    expect(await post(`approvals/${date.id}/${decision}`, operator)).toMatchObject({ body: { code: 'FORBIDDEN' } });
  expect((await confirm(room.id, operator)).status).toBe(200);
});

test('nothing waits for what is not there, or what was done already', async () => {
  expect(await reset('nothing')).toMatchObject({ status: 404, body: { code: 'CONCERT_NOT_FOUND' } });
  expect(await callOff('nothing')).toMatchObject({ status: 404, body: { code: 'PERFORMANCE_NOT_FOUND' } });
  const { concertId } = await world.concert();
  const far = await post(`concerts/${concertId}/waiting-room/reset`, first, { epoch: 7 });
  expect(far).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
});
