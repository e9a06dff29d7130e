import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

const signIn = (body: unknown) =>
  world.client.send<{ token: string; userId: string; expiresAt: string }>('post', '/v1/sign-in', { body });

test('the same name is the same user, however it is written', async () => {
  const [one, two, other] = await Promise.all(
    ['Mina  Harker', ' mina harker ', 'Mina Harker 2'].map((name) => signIn({ name })),
  );
  expect(one?.body.userId).toMatch(/^user_[0-9a-f]{20}$/);
  expect(two?.body.userId).toBe(one?.body.userId);
  expect(other?.body.userId).not.toBe(one?.body.userId);
});

test('a name is one user however a keyboard composes it, and one that only looks like the admin is not the admin', async () => {
  const composed = await signIn({ name: 'Jürgen 미나' });
  const decomposed = await signIn({ name: 'Jürgen 미나'.normalize('NFD') });
  expect(decomposed.body.userId).toBe(composed.body.userId);
  // Full-width letters are the same letters, so they need the password; Cyrillic ones are others.
  expect((await signIn({ name: '\uff41dmin' })).status).toBe(401);
  const cyrillic = await signIn({ name: '\u0430dmin' });
  const lanes = await world.client.send('get', '/v1/admin/lanes', { token: cyrillic.body.token });
  expect([cyrillic.status, lanes.status]).toEqual([200, 403]);
});

test('the token is good until expiresAt', async () => {
  const { body } = await signIn({ name: 'Jonathan' });
  const balance = () => world.client.send('get', '/v1/points', { token: body.token });
  expect((await balance()).status).toBe(200);
  const offset = Date.parse(body.expiresAt) - world.context.clock.now();
  world.clock.offsetMs += offset + 1000;
  expect(await balance()).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  world.clock.offsetMs -= offset + 1000;
});

test.each([{ name: 'admin' }, { name: 'ADMIN', password: 'wrong' }, { name: ' Admin ', password: '' }])(
  'nobody is admin without the password: %j',
  async (body) => {
    expect(await signIn(body)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  },
);

test('the admin may do what a fan may not', async () => {
  const [admin, fan] = await Promise.all([world.admin(), world.user()]);
  expect((await world.client.send('get', '/v1/admin/lanes', admin)).status).toBe(200);
  const refused = await world.client.send('get', '/v1/admin/lanes', fan);
  expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
});

test.each([{}, { name: '' }, { name: '   ' }, { name: 7 }, { name: { $ne: '' } }, { name: 'a', role: 'admin' }])(
  'refused: %j',
  async (body) => {
    expect(await signIn(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  },
);

test('with SIGN_IN off there is no such address', async () => {
  const closed = await startWorld({ workers: false, settings: { SIGN_IN: 'false' } });
  const answer = await closed.client.send('post', '/v1/sign-in', { body: { name: 'Mina' } });
  expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  await closed.close();
});
