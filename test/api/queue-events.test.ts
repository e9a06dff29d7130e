import { get as httpGet, type IncomingMessage } from 'node:http';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
const open: IncomingMessage[] = [];
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_STREAMS_PER_USER: '2', ADMIT_MS: '50' } });
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.destroy();
});
afterAll(() => world?.close());

interface Heard {
  status: string;
  position: number | null;
  paused: boolean;
}

/** Opens a stream and collects the states that it sends. */
async function listen(path: string, token: string, queueToken: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  const headers = { Authorization: `Bearer ${token}`, 'Queue-Token': queueToken };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet(`${world.url}${path}`, { headers }, resolve).once('error', reject);
  });
  expect(response.headers['content-type']).toContain('text/event-stream');
  open.push(response);
  response.setEncoding('utf8').on('data', (chunk: string) => {
    for (const [, data = ''] of chunk.matchAll(/^event: queue-token\ndata: (.*)$/gm)) heard.push(JSON.parse(data));
  });
  return heard;
}
const pathOf = (concertId: string) => `/v1/concerts/${concertId}/queue-token/events`;

test('a stream sends every move in line, to the door', async () => {
  const concert = await world.concert({ room: { maxActive: 1 } });
  const [first, second, third] = [await world.fan(concert), await world.fan(concert), await world.fan(concert)];
  const heard = await listen(pathOf(concert.concertId), third.token, third.queueToken);
  await until('the place is sent', () => heard.length > 0);
  await world.client.send('delete', `/v1/concerts/${concert.concertId}/queue-token`, first);
  await until('one ahead is gone', () => heard.some(({ position }) => position === 1));
  await world.client.send('delete', `/v1/concerts/${concert.concertId}/queue-token`, second);
  await until('let in', () => heard.at(-1)?.status === 'active');
  expect(heard.map(({ position }) => position)).toEqual([2, 1, null]);
});

test('a stream says that the line is paused, and that it goes on', async () => {
  const concert = await world.concert({ room: { maxActive: 1 } });
  const admin = await world.admin();
  await world.fan(concert);
  const { concertId } = concert;
  const fan = await world.fan(concert);
  const heard = await listen(pathOf(concertId), fan.token, fan.queueToken);
  await until('the place is sent', () => heard.at(-1)?.paused === false);
  const path = `/v1/admin/concerts/${concertId}/waiting-room`;
  await world.client.send('post', `${path}/pause`, admin);
  await until('paused', () => heard.at(-1)?.paused === true);
  await world.client.send('post', `${path}/resume`, admin);
  await until('resumed', () => heard.at(-1)?.paused === false);
  expect(heard.map(({ position }) => position)).toEqual([1, 1, 1]);
});

test('after the last state the stream ends', async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  const heard = await listen(pathOf(concert.concertId), fan.token, fan.queueToken);
  const [stream] = open;
  await until('active', () => heard.at(-1)?.status === 'active');
  await world.client.send('delete', `/v1/concerts/${concert.concertId}/queue-token`, fan);
  await until('the stream has ended', () => stream?.complete);
  expect(heard.at(-1)?.status).toBe('left');
});

test('one user may have so many streams; a closed one makes room', async () => {
  const concert = await world.concert({ room: { maxActive: 1 } });
  const fan = await world.fan(concert);
  const path = pathOf(concert.concertId);
  for (const _of of [1, 2]) await listen(path, fan.token, fan.queueToken);
  const refused = await world.client.send('get', path, fan);
  expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_STREAMS' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  open.shift()?.destroy();
  await until('there is room', async () => {
    const again = await world.client.send('get', path, { ...fan, queueToken: 'nobody-s' });
    return again.status === 403;
  });
});

test('who is not in line gets no stream', async () => {
  const concert = await world.concert();
  const user = await world.user();
  const path = pathOf(concert.concertId);
  const { client } = world;
  expect(await client.send('get', path, user)).toMatchObject({ status: 404, body: { code: 'QUEUE_TOKEN_NOT_FOUND' } });
  const forged = { ...user, queueToken: 'x'.repeat(43) };
  expect(await client.send('get', path, forged)).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_INVALID' } });
  const nowhere = pathOf('concert_nowhere');
  expect(await client.send('get', nowhere, user)).toMatchObject({ status: 404, body: { code: 'CONCERT_NOT_FOUND' } });
});

test('a visit that has ended gets no stream', async () => {
  const concert = await world.concert({ room: { sessionSeconds: 60 } });
  const fan = await world.fan(concert);
  world.clock.offsetMs += 61_000;
  const expired = await world.client.send('get', pathOf(concert.concertId), fan);
  expect(expired).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_EXPIRED' } });
});

test('a reset ends the streams: everybody has to join again', async () => {
  const concert = await world.concert({ room: { maxActive: 0 } });
  const fan = await world.fan(concert);
  const heard = await listen(pathOf(concert.concertId), fan.token, fan.queueToken);
  await until('a round of looks', async () => heard.length > 0);
  const admin = await world.admin();
  const room = `/v1/admin/concerts/${concert.concertId}/waiting-room`;
  // The first look notes the epoch: the line has to move once before the reset.
  await world.client.send('patch', room, { token: admin.token, body: { maxActive: 1 } });
  await until('let in', () => heard.at(-1)?.status === 'active');
  await world.client.send('post', `${room}/reset`, { token: admin.token, body: { epoch: 1 } });
  await until('it is expired', () => heard.at(-1)?.status === 'expired');
});

test('many streams at once are held to the limit, and HEAD takes no place', async () => {
  const concert = await world.concert({ room: { maxActive: 0 } });
  const fan = await world.fan(concert);
  const path = pathOf(concert.concertId);
  expect((await world.client.send('head', path, fan)).status).toBe(200);
  const headers = { Authorization: `Bearer ${fan.token}`, 'Queue-Token': fan.queueToken };
  const asked = Array.from(
    { length: 12 },
    () =>
      new Promise<number>((resolve, reject) => {
        httpGet(`${world.url}${path}`, { headers }, (response) => {
          open.push(response);
          resolve(response.statusCode ?? 0);
        }).once('error', reject);
      }),
  );
  const statuses = await Promise.all(asked);
  expect(statuses.filter((status) => status === 200)).toHaveLength(2);
});
