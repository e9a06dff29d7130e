import { createGuesses, networkOf } from '../../api/auth/guesses';
import { createClock } from '../../shared/platform/clock';
import { adminPassword } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';

describe('guesses', () => {
  const clock = createClock(() => 1_000_000);
  const pass = (seconds: number) => {
    clock.offsetMs += seconds * 1000;
  };

  test('five are free, then each wrong one doubles the wait up to a minute, for this address only', () => {
    const guesses = createGuesses(clock);
    for (let tries = 0; tries < 5; tries += 1) {
      expect(guesses.waitSeconds('10.0.0.1')).toBe(0);
      guesses.wrong('10.0.0.1');
    }
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(guesses.waitSeconds('10.0.0.1')).toBe(seconds);
      pass(seconds);
      expect(guesses.waitSeconds('10.0.0.1')).toBe(0);
      guesses.wrong('10.0.0.1');
    }
    expect(guesses.waitSeconds('10.0.0.2')).toBe(0);
  });

  test('are forgotten after the right one, and after a quarter of an hour', () => {
    const guesses = createGuesses(clock);
    const wrong = () => {
      for (let tries = 0; tries < 9; tries += 1) guesses.wrong('10.0.0.1');
    };
    wrong();
    guesses.right('10.0.0.1');
    expect(guesses.waitSeconds('10.0.0.1')).toBe(0);
    wrong();
    expect(guesses.waitSeconds('10.0.0.1')).toBe(16);
    pass(15 * 60);
    guesses.wrong('10.0.0.1');
    expect(guesses.waitSeconds('10.0.0.1')).toBe(0);
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

describe('at the board', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ workers: false });
  });
  afterAll(() => world?.close());

  const tryPassword = (text: string) =>
    world.client.send('get', '/board/api/queues', {
      headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` },
    });

  test('after five wrong passwords even the right one has to wait its time', async () => {
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
});
