import { openApiContext } from '../../api/context';
import { declaredErrors } from '../../api/http/endpoint';
import { createRateLimiter } from '../../api/rate-limits/rate-limits';
import { allRoutes } from '../../api/routes';
import { openContext } from '../../shared/context';
import { nameOf, sendTo } from '../contract/errors/route-request';
import type { TestUser } from '../helpers/builders';
import { testConfig } from '../helpers/test-config';
import { until } from '../helpers/until';
import { serve, startWorld, type World } from '../helpers/world';

const hour = { RATE_LIMIT_SECONDS: '3600' };
const routes = allRoutes(testConfig()).filter((route) => declaredErrors(route).includes('RATE_LIMITED'));
const worlds: World[] = [];

/** At the beginning of a window, so that none ends during a test. */
async function world(settings: Record<string, string>): Promise<World> {
  const made = await startWorld({ settings: { ...hour, ...settings }, workers: false });
  made.clock.offsetMs = 3_600_000 - (made.clock.now() % 3_600_000);
  worlds.push(made);
  return made;
}
afterAll(() => Promise.all(worlds.map((each) => each.close())));

const refused = { status: 429, body: { code: 'RATE_LIMITED' } };

test('only the probes are without limits', () => {
  const without = allRoutes(testConfig()).filter((route) => !declaredErrors(route).includes('RATE_LIMITED'));
  expect(without.map(nameOf)).toEqual(['GET /livez', 'GET /readyz']);
});

describe('a limit per user', () => {
  let limited: World;
  let user: TestUser;
  let admin: TestUser;
  beforeAll(async () => {
    limited = await world({ RATE_LIMIT_USER: '3' });
    [user, admin] = await Promise.all([limited.user(), limited.admin()]);
    for (const { token } of [user, admin])
      for (const left of [2, 1, 0]) {
        const { headers } = await limited.client.send('get', '/v1/points', { token });
        expect(headers['ratelimit-policy']).toBe('"user";q=3;w=3600');
        expect(headers.ratelimit).toMatch(new RegExp(`^"user";r=${left};t=3[56]\\d\\d$`));
      }
  });

  const signedIn = routes.filter((route) => route.auth !== 'none');
  test.each(signedIn.map((route) => [nameOf(route), route] as const))('%s is refused beyond it', async (_, route) => {
    const { token } = typeof route.auth === 'object' ? admin : user;
    const answer = await sendTo(limited.client, route, { ids: {}, token, queueToken: 'any' });
    expect(answer).toMatchObject(refused);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3500);
    expect(answer.headers.ratelimit).toContain('"user";r=0;');
  });

  test('others are not touched, and the next window is free again', async () => {
    const other = await limited.user();
    expect((await limited.client.send('get', '/v1/points', { token: other.token })).status).toBe(200);
    limited.clock.offsetMs += 3_600_000;
    expect((await limited.client.send('get', '/v1/points', { token: user.token })).status).toBe(200);
  });
});

describe('a limit per address', () => {
  test.each(routes.map((route) => [nameOf(route), route] as const))('%s is refused beyond it', async (_, route) => {
    const limited =
      worlds.find(({ config }) => config.RATE_LIMIT_ADDRESS === 2) ?? (await world({ RATE_LIMIT_ADDRESS: '2' }));
    const use = () => limited.client.send('get', '/v1/points');
    for (let answer = await use(); answer.status !== 429; answer = await use()) expect(answer.status).toBe(401);
    expect(await sendTo(limited.client, route, { ids: {} })).toMatchObject(refused);
  });

  test('probes are answered all the same', async () => {
    const limited = await world({ RATE_LIMIT_ADDRESS: '1' });
    for (const path of ['/v1/points', '/v1/points', '/livez', '/readyz', '/livez'])
      await limited.client.send('get', path);
    expect((await limited.client.send('get', '/livez')).status).toBe(200);
    expect((await limited.client.send('get', '/openapi.json')).status).toBe(429);
  });

  const from = (limited: World, address: string) =>
    limited.client.send('get', '/v1/points', { headers: { 'X-Forwarded-For': address } }).then(({ status }) => status);

  test('without a trusted proxy nobody gets another address by saying so', async () => {
    const limited = await world({ RATE_LIMIT_ADDRESS: '1' });
    expect([await from(limited, '192.0.2.1'), await from(limited, '192.0.2.2')]).toEqual([401, 429]);
  });

  test('behind one proxy the address is what the proxy saw, whatever the client wrote before it; IPv6 counts by /64', async () => {
    const limited = await world({ RATE_LIMIT_ADDRESS: '1', TRUST_PROXY: '1' });
    expect([await from(limited, '192.0.2.1'), await from(limited, '192.0.2.2')]).toEqual([401, 401]);
    expect(await from(limited, '198.51.100.7, 192.0.2.1')).toBe(429);
    expect([await from(limited, '2001:db8::1'), await from(limited, '2001:db8::ffff:1')]).toEqual([401, 429]);
  });

  test('a proxy that adds the client’s port, which is another one for each connection, gives nobody another address', async () => {
    const limited = await world({ RATE_LIMIT_ADDRESS: '1', TRUST_PROXY: '1' });
    expect([await from(limited, '192.0.2.1:40001'), await from(limited, '192.0.2.1:40002')]).toEqual([401, 429]);
    expect([await from(limited, '192.0.2.1'), await from(limited, '::ffff:192.0.2.1')]).toEqual([429, 429]);
    expect([await from(limited, '[2001:db8::1]:443'), await from(limited, '2001:db8::2')]).toEqual([401, 429]);
  });
});

describe('over processes', () => {
  test('what one process let through counts in the others; quiet clients cost no Redis call', async () => {
    const first = await world({});
    const second = await openContext(first.config, 'other', first.clock);
    const quota = 160;
    const [here, there] = [first.context, second].map((context) => createRateLimiter(context, 'test', quota));
    if (!here || !there) throw new Error('two limiters');
    for (let i = 0; i < 5; i += 1) expect(here('quiet').allowed).toBe(true);
    for (let i = 0; i < quota; i += 1) expect(here('busy').remaining).toBe(quota - i - 1);
    expect(here('busy').allowed).toBe(false);
    // It hears of it once it has let a sixteenth through itself: that is the price of not asking every time.
    const sixteenth = quota / 16;
    let more = 0;
    for (; more < sixteenth; more += 1) expect(there('busy').allowed).toBe(true);
    const { redis } = first.context;
    const keysOf = () => redis.keys(`${first.config.QUEUE_PREFIX}:rate:*`);
    await until('both have published', async () => {
      const [key = ''] = await keysOf();
      return Number(await redis.get(key)) >= quota + sixteenth;
    });
    await until('the other process knows', async () => {
      const { allowed } = there('busy');
      more += allowed ? 1 : 0;
      return !allowed;
    });
    expect(more).toBeLessThan(quota);
    const keys = await keysOf();
    expect(keys.map((key) => key.split(':').at(-2))).toEqual(['busy']);
    await second.lifecycle.close();
  });

  test('600 requests of one user at once over two processes get little more than the limit of 200', async () => {
    const first = await world({ RATE_LIMIT_USER: '200' });
    const other = await openApiContext(first.config, first.clock);
    const urls = [first.url, await serve(other)];
    const { token } = await first.user();
    const headers = { Authorization: `Bearer ${token}` };
    const ask = async (i: number) => (await fetch(`${urls[i % 2]}/v1/points`, { headers })).status;
    const statuses = await Promise.all(Array.from({ length: 600 }, (_, i) => ask(i)));
    const allowed = statuses.filter((status) => status === 200).length;
    expect(statuses.filter((status) => status !== 200).every((status) => status === 429)).toBe(true);
    expect(allowed).toBeGreaterThanOrEqual(200);
    // The limit, a step of each process, and what comes within the milliseconds of a message.
    expect(allowed).toBeLessThan(300);
    await other.lifecycle.close();
  });

  test('with Redis away each process limits by itself', async () => {
    const { config, clock } = await world({});
    const alone = await openContext(config, 'alone', clock);
    alone.redis.disconnect();
    const limiter = createRateLimiter(alone, 'test', 20);
    const allowed = Array.from({ length: 30 }, () => limiter('someone').allowed);
    expect(allowed.filter(Boolean)).toHaveLength(20);
    expect(limiter('someone').allowed).toBe(false);
    expect(limiter('another').allowed).toBe(true);
    await alone.lifecycle.close();
  });
});
