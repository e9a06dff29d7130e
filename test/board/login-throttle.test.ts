import { createDeviceCookies } from '../../api/auth/device-cookie';
import { createLocalFailures, createSharedFailures, type LoginFailures } from '../../api/auth/login-failures';
import { createLoginThrottle } from '../../api/auth/login-throttle';
import { openApiContext } from '../../api/context';
import { networkOf } from '../../api/http/network';
import { createClock } from '../../shared/platform/clock';
import { adminPassword } from '../helpers/test-config';
import { serve, startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

describe('wrong passwords', () => {
  const clock = createClock(() => 1_000_000);
  const pass = (seconds: number) => {
    clock.offsetMs += seconds * 1000;
  };
  let used = 0;
  const counts: [string, () => LoginFailures][] = [
    ['of one process', () => createLocalFailures(clock)],
    [
      'of all processes',
      () => {
        used += 1;
        return createSharedFailures(world.context.redis, `${world.config.QUEUE_PREFIX}:${used}`, clock);
      },
    ],
  ];

  test.each(counts)(
    '%s: five are free, then each wrong one doubles the wait up to a minute, for this one only',
    async (_, make) => {
      const made = make();
      const take = async (isRight: boolean, who = 'one') => made.take(who, isRight);
      for (let tries = 0; tries < 5; tries += 1) expect(await take(false)).toBe(0);
      for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
        expect(await take(true)).toBe(seconds);
        pass(seconds);
        expect(await take(false)).toBe(0);
      }
      expect(await take(true, 'another')).toBe(0);
    },
  );

  test.each(counts)('%s: are forgotten after the right one', async (_, make) => {
    const made = make();
    const five = async () => {
      for (let tries = 0; tries < 5; tries += 1) expect(await made.take('one', false)).toBe(0);
    };
    await five();
    pass(1);
    expect(await made.take('one', true)).toBe(0);
    await five();
    expect(await made.take('one', false)).toBe(1);
  });

  test('those of a process are forgotten after a quarter of an hour, and Redis forgets its own by itself', async () => {
    const local = createLocalFailures(clock);
    for (let tries = 0; tries < 6; tries += 1) await local.take('one', false);
    pass(15 * 60);
    for (let tries = 0; tries < 5; tries += 1) expect(local.take('one', false)).toBe(0);
    await createSharedFailures(world.context.redis, `${world.config.QUEUE_PREFIX}:ttl`, clock).take('one', false);
    const ttl = await world.context.redis.pttl(`${world.config.QUEUE_PREFIX}:ttl:guesses:one`);
    expect([ttl > 890_000, ttl <= 900_000]).toEqual([true, true]);
  });

  test('a hundred at once get no more than five looks', async () => {
    const shared = createSharedFailures(world.context.redis, `${world.config.QUEUE_PREFIX}:many`, clock);
    const waits = await Promise.all(Array.from({ length: 100 }, () => shared.take('one', false)));
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(5);
  });

  test('with Redis away each process counts by itself', async () => {
    const redis = { eval: () => Promise.reject(new Error('away')) } as unknown as World['context']['redis'];
    const throttle = createLoginThrottle({ ...world.context, redis });
    const guess = () => throttle.attempt({ address: '10.0.0.1', cookies: undefined }, 'wrong', ['right']);
    for (let tries = 0; tries < 5; tries += 1) expect(await guess()).toEqual({ isRight: false });
    await expect(guess()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:40001', '192.0.2.7'],
    ['[2001:db8:1:2::6]:443', '2001:db8:1:2'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('the cookie of a device', () => {
  const clock = createClock(() => Date.now());
  const secrets = { QUEUE_TOKEN_SECRET: 'one', ADMIN_PASSWORD: 'two', NODE_ENV: 'production' as const };
  const devices = createDeviceCookies(secrets, clock);
  const cookieOf = (header: string) => header.split(';')[0] ?? '';

  test('is known again, whatever other cookies there are, for thirty days', () => {
    const header = devices.make();
    expect(header).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    const cookie = cookieOf(header);
    expect(devices.read(cookie)).toMatch(/^[\w-]{22}$/);
    expect(devices.read(`theme=dark; ${cookie}; a=b`)).toBe(devices.read(cookie));
    clock.offsetMs += 31 * 24 * 3_600_000;
    expect(devices.read(cookie)).toBeNull();
    clock.offsetMs = 0;
  });

  test('is worth nothing when forged, or made for another password', () => {
    const cookie = cookieOf(devices.make());
    const forged = [undefined, '', 'frontrow_device=', cookie.replace(/\.\d/, '.9'), cookie.slice(0, -1), `x${cookie}`];
    for (const text of forged) expect(devices.read(text)).toBeNull();
    expect(createDeviceCookies({ ...secrets, ADMIN_PASSWORD: 'three' }, clock).read(cookie)).toBeNull();
  });
});

describe('over HTTP', () => {
  beforeEach(() => {
    // Whatever was counted before is forgotten.
    world.clock.offsetMs += 60_000;
  });
  afterEach(async () => {
    const keys = await world.context.redis.keys(`${world.config.QUEUE_PREFIX}:guesses:*`);
    await Promise.all(keys.map((key) => world.context.redis.del(key)));
  });

  const tryPassword = (text: string) =>
    world.client.send('get', '/board/api/queues', {
      headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` },
    });

  test('at the board: after five wrong passwords even the right one has to wait its time', async () => {
    const right = `admin:${adminPassword}`;
    const wrong = ['admin:', 'admin', `Admin:${adminPassword}`, `${right} `, `:${adminPassword}`];
    for (const text of wrong) expect((await tryPassword(text)).status).toBe(401);
    const { status, headers, body } = await tryPassword(right);
    expect([status, body.code, headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '1']);
    // Who has not tried yet is asked for the password, not told to wait: the browser's own first request.
    expect((await world.client.send('get', '/board')).status).toBe(401);
    world.clock.offsetMs += 1000;
    expect((await tryPassword(right)).status).toBe(200);
    expect((await tryPassword('admin:wrong')).status).toBe(401);
    expect((await tryPassword(right)).status).toBe(200);
  });

  test('at the sign-in as well, and both places count together', async () => {
    const signIn = (name: string, password?: string) =>
      world.client.send('post', '/v1/sign-in', { body: { name, ...(password && { password }) } });
    for (let tries = 0; tries < 4; tries += 1) expect((await signIn('admin', 'wrong')).status).toBe(401);
    expect((await tryPassword('admin:wrong')).status).toBe(401);
    const { status, headers, body } = await signIn('admin', adminPassword);
    expect([status, body.code, headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '1']);
    expect((await signIn('Mina')).status).toBe(200);
    world.clock.offsetMs += 1000;
    expect((await signIn('admin', adminPassword)).status).toBe(200);
  });

  test('over all processes', async () => {
    const second = await openApiContext(world.config, world.clock);
    const url = await serve(second);
    const there = (password: string) =>
      fetch(`${url}/board/api/queues`, { headers: basic(password) }).then(({ status }) => status);
    for (let tries = 0; tries < 5; tries += 1) expect((await tryPassword('admin:wrong')).status).toBe(401);
    expect(await there(adminPassword)).toBe(429);
    await second.lifecycle.close();
  });

  test('a stranger behind the same address can not lock out whoever was right on this device', async () => {
    const right = { ...basic(adminPassword) };
    const first = await world.client.send('get', '/board/api/queues', { headers: right });
    const cookie = String(first.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    const operator = () =>
      world.client.send('get', '/board/api/queues', { headers: { ...right, Cookie: `a=b; ${cookie}` } });
    for (let tries = 0; tries < 30; tries += 1) {
      await tryPassword('admin:wrong');
      const answer = await operator();
      expect([answer.status, answer.headers['set-cookie']]).toEqual([200, undefined]);
    }
    expect((await tryPassword(`admin:${adminPassword}`)).status).toBe(429);
    const body = { name: 'admin', password: adminPassword };
    expect((await world.client.send('post', '/v1/sign-in', { body })).status).toBe(429);
    expect((await world.client.send('post', '/v1/sign-in', { body, headers: { Cookie: cookie } })).status).toBe(200);
    // The device guesses no faster than others.
    const wrong = { ...basic('wrong'), Cookie: cookie };
    const guess = async () => (await world.client.send('get', '/board', { headers: wrong })).status;
    for (let tries = 0; tries < 5; tries += 1) expect(await guess()).toBe(401);
    expect(await guess()).toBe(429);
  });

  test('the sign-in gives the cookie too, to the admin alone', async () => {
    const signIn = (body: object) => world.client.send('post', '/v1/sign-in', { body });
    const admin = await signIn({ name: 'admin', password: adminPassword });
    expect(admin.headers['set-cookie']?.[0]).toMatch(/^frontrow_device=.*; HttpOnly; SameSite=Strict$/);
    expect((await signIn({ name: 'Mina' })).headers['set-cookie']).toBeUndefined();
    await expect(signIn({ name: 'admin', password: 'wrong' })).resolves.toMatchObject({ status: 401 });
  });
});

const basic = (password: string) => ({
  Authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
});
