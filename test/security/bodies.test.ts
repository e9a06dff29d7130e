import type { IncomingHttpHeaders } from 'node:http';
import { startWorld, type World } from '../helpers/world';

let world: World;
let admin: { token: string };
let ids = 0;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  admin = await world.admin();
});
afterAll(() => world?.close());

interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
}

async function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const all = { 'Content-Type': 'application/json', ...headers };
  const answer = await fetch(`${world.url}${path}`, { method: 'POST', body, headers: all });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
const codeOf = ({ status, text }: RawAnswer) => [status, JSON.parse(text).code];

const createConcert = (fields: object) => {
  ids += 1;
  const body = { id: `concert-${ids}`, title: 'A title', ...fields };
  return world.client.send('post', '/v1/admin/concerts', { token: admin.token, body });
};

describe('JSON', () => {
  test.each([
    ['in Latin-1', Buffer.from('{"name":"Müller"}', 'latin1')],
    ['with half of a surrogate pair', '{"name":"a\\ud800b"}'],
    ['with the other half', '{"name":"\\uDFFF"}'],
    ['with halves in the wrong order', '{"name":"\\udc00\\ud800"}'],
    ['with half a pair in a field', '{"name":"Mina","\\ud800":1}'],
    ['with surrogates in UTF-8', Buffer.from([0x7b, 0x22, 0x6e, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d])],
  ])('%s is refused', async (_, body) => {
    expect(codeOf(await post('/v1/sign-in', body))).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('two names that only a replacement character would distinguish are not one user', async () => {
    const names = await Promise.all(['Müller', 'Mäller'].map((name) => post('/v1/sign-in', JSON.stringify({ name }))));
    expect(new Set(names.map(({ text }) => JSON.parse(text).userId)).size).toBe(2);
  });

  test.each(['{"name":"\\ud83c\\udfb5 Mina"}', '{"name":"🎵 미나"}', '{"name":"\\\\ud800"}'])(
    '%s is taken',
    async (body) => {
      expect((await post('/v1/sign-in', body)).status).toBe(200);
    },
  );

  test.each(['application/json; charset=utf8', 'application/json;charset=UTF-8', 'application/json; charset="utf-8"'])(
    '%s is taken',
    async (type) => {
      expect((await post('/v1/sign-in', '{"name":"Mina"}', { 'Content-Type': type })).status).toBe(200);
    },
  );
});

describe('415 says what would have been taken', () => {
  test.each<[Record<string, string>, string, string]>([
    [{ 'Content-Type': 'text/plain' }, 'accept', 'application/json'],
    [{ 'Content-Type': 'application/json; charset=latin1' }, 'accept', 'application/json'],
    [{ 'Content-Encoding': 'gzip' }, 'accept-encoding', 'identity'],
  ])('%j', async (headers, name, value) => {
    const answer = await post('/v1/sign-in', '{"name":"Mina"}', headers);
    expect([...codeOf(answer), answer.headers.get(name)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE', value]);
  });
});

describe('WWW-Authenticate', () => {
  const challenge = async (path: string, authorization?: string) => {
    const headers: IncomingHttpHeaders = (
      await world.client.send('get', path, { headers: authorization ? { Authorization: authorization } : {} })
    ).headers;
    return headers['www-authenticate'];
  };

  test('names the error only where a token was sent', async () => {
    expect(await challenge('/v1/points')).toBe('Bearer');
    expect(await challenge('/v1/points', 'Basic bWluYTpwdw==')).toBe('Bearer');
    expect(await challenge('/v1/points', 'Bearer a.b.c')).toBe('Bearer error="invalid_token"');
    expect(await challenge('/v1/points', 'Bearer')).toBe('Bearer error="invalid_token"');
    const { token } = await world.user();
    expect(await challenge('/v1/admin/lanes', `Bearer ${token}`)).toBe('Bearer error="insufficient_scope"');
  });
});

const unfit: [string, string][] = [
  ['nothing but a zero-width space', '\u200b'],
  ['nothing but fillers', '\u3164\u115f\u2060'],
  ['NUL', 'a\0b'],
  ['a line break', 'a\nb'],
  ['a line separator', 'a\u2028b'],
  ['a turn of direction', 'a\u202eb'],
  ['an isolate', 'a\u2066b'],
  ['an escape of terminals', 'a\u001b[31mb'],
];

describe('names and titles', () => {
  test.each(unfit)('with %s are refused', async (_, text) => {
    expect(await createConcert({ title: text })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    const signIn = await world.client.send('post', '/v1/sign-in', { body: { name: text } });
    expect(signIn).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  test.each(['봄의 연주회', 'عمرو دياب', '👩‍👩‍👧 Family!', 'می‌خواهم', '7', 'Beyoncé — RENAISSANCE', '!!!'])(
    '%s is taken',
    async (title) => {
      expect((await createConcert({ title })).body).toMatchObject({ title });
      expect((await world.client.send('post', '/v1/sign-in', { body: { name: title } })).status).toBe(200);
    },
  );

  test('a changed title is held to the same', async () => {
    const { body } = await createConcert({});
    const change = { token: admin.token, body: { title: '\u200b' } };
    expect((await world.client.send('patch', `/v1/admin/concerts/${body.id}`, change)).status).toBe(400);
  });
});

describe('entryUrl', () => {
  test.each([
    'https://user@tickets.example',
    'https://user:secret@tickets.example/x',
    'https://tickets.example@evil.example/',
    'https://@tickets.example/',
    'https:///tickets.example',
    'https:\\\\tickets.example',
    'https://tickets.example/\nx',
    'https://tick\tets.example/',
    ' https://tickets.example/',
    'javascript:alert(1)',
  ])('%j is refused', async (entryUrl) => {
    expect(await createConcert({ entryUrl })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  test.each(['https://tickets.example/demo?a=b@c#d', 'http://localhost:8080/', 'https://티켓.example/데모'])(
    '%s is taken',
    async (entryUrl) => {
      expect((await createConcert({ entryUrl })).status).toBe(201);
    },
  );
});

describe('too much of it', () => {
  const hold = async (seatIds: unknown[]) => {
    const { token } = await world.user();
    const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': 'many', 'Queue-Token': 'any' };
    return post('/v1/performances/perf_1/holds', JSON.stringify({ seatIds }), headers);
  };

  test.each<[string, unknown[]]>([
    ['2,000 seats of a hold', Array.from({ length: 2000 }, (_, i) => `${i}`.padStart(2, 'A'))],
    ['4,000 equal ones', Array.from({ length: 4000 }, () => 'A')],
    ['8,000 that are none', Array.from({ length: 8000 }, () => 1)],
    ['51 of them', Array.from({ length: 51 }, (_, i) => `A-${i}`)],
  ])('%s are refused in a small answer, before a store is asked', async (_, seatIds) => {
    const find = jest.spyOn(world.context.layouts, 'get');
    const answer = await hold(seatIds);
    expect(codeOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
    expect(answer.text.length).toBeLessThan(6000);
    expect(find).not.toHaveBeenCalled();
    find.mockRestore();
  });

  test('a seat that is named twice is still said to be', async () => {
    expect(JSON.parse((await hold(['A-1', 'A-2', 'A-1'])).text)).toMatchObject({
      errors: [{ path: 'body.seatIds.2', message: 'Named twice' }],
    });
  });

  test('thousands of unknown fields, and one of thousands of letters, are named in part', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`field${i}`, 1]));
    for (const body of [fields, { ['x'.repeat(15_000)]: 1 }]) {
      const answer = await post('/v1/sign-in', JSON.stringify(body));
      expect(codeOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
      expect(answer.text.length).toBeLessThan(6000);
    }
  });
});
