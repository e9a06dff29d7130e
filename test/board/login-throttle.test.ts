import { createLoginThrottle } from '../../api/auth/login-throttle';
import { networkOf } from '../../api/http/network';
import { createClock } from '../../shared/platform/clock';
import type { Problem } from '../../shared/platform/errors';
import { createLogger } from '../../shared/platform/logger';
import { adminPassword } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';

describe('wrong passwords', () => {
  const clock = createClock(() => 1_000_000);
  const pass = (seconds: number) => {
    clock.offsetMs += seconds * 1000;
  };

  /** Whether the password was right, or the seconds to wait before it is compared. */
  function attempts() {
    const throttle = createLoginThrottle({ clock, logger: createLogger('test', 'silent') });
    return (isRight: boolean, address = '10.0.0.1') => {
      try {
        return throttle.isRight(address, isRight ? 'right' : 'wrong', ['right']);
      } catch (error) {
        return (error as Problem).retryAfterSeconds;
      }
    };
  }

  test('five are free, then each wrong one doubles the wait up to a minute, for this address only', () => {
    const attempt = attempts();
    for (let tries = 0; tries < 5; tries += 1) expect(attempt(false)).toBe(false);
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(attempt(true)).toBe(seconds);
      pass(seconds);
      expect(attempt(false)).toBe(false);
    }
    expect(attempt(true, '10.0.0.2')).toBe(true);
  });

  test('are forgotten after the right one, and after a quarter of an hour', () => {
    const attempt = attempts();
    const five = () => {
      for (let tries = 0; tries < 5; tries += 1) expect(attempt(false)).toBe(false);
    };
    five();
    pass(1);
    expect(attempt(true)).toBe(true);
    five();
    expect(attempt(false)).toBe(1);
    pass(15 * 60);
    five();
  });

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('over HTTP', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ workers: false });
  });
  afterAll(() => world?.close());

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
});
