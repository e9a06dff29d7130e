import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import type { EventSink } from '../../api/http/route';
import { createEventStreams, type EventStreams, eventFrame } from '../../api/streams/event-stream';
import { createMetrics } from '../../shared/metrics/metrics';
import { createLifecycle, type Lifecycle } from '../../shared/platform/lifecycle';
import { createLogger } from '../../shared/platform/logger';
import { type Heard, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';

const limits = {
  MAX_STREAMS: 10,
  MAX_STREAMS_FOR_USERS_PERCENT: 0,
  MAX_STREAMS_PER_USER: 10,
  MAX_STREAMS_PER_ADDRESS: 10,
};
const metrics = createMetrics();
let lifecycle: Lifecycle;
let streams: EventStreams;
let server: Server;
let url: string;
let stopped: number;
const sinks: EventSink[] = [];
const heard: Heard[] = [];

beforeEach(async () => {
  lifecycle = createLifecycle(createLogger('test', 'silent'));
  streams = createEventStreams({ config: limits, lifecycle, metrics, heartbeatMs: 20 });
  stopped = 0;
  server = createServer((_request, response: ServerResponse) => {
    const start = (sink: EventSink) => {
      sinks.push(sink);
      return () => {
        stopped += 1;
      };
    };
    streams.open(response as Response, { userId: 'somebody', address: '' }, { kind: 'seats', start });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const each of heard.splice(0)) each.close();
  sinks.length = 0;
  await lifecycle.close();
  await new Promise((resolve) => server.close(resolve));
});

async function open(): Promise<Heard> {
  const each = await listen(url);
  heard.push(each);
  await until('it has begun', () => sinks.length === heard.length);
  return each;
}

const cuts = async () => (await metrics.streamsCut.get()).values.reduce((sum, { value }) => sum + value, 0);
const openNow = async () => (await metrics.streams.get()).values.find(({ labels }) => labels.kind === 'seats')?.value;

test('a client that does not read is cut off; one that reads gets everything', async () => {
  const [slow, quick] = [await open(), await open()];
  slow.response.pause();
  const cutBefore = await cuts();
  // One frame, once serialised, for both.
  const frame = eventFrame('seats', { filler: 'x'.repeat(64 * 1024) }, 'one.1');
  let sent = 0;
  await until('the slow one is cut off', async () => {
    for (const { write } of sinks) write(frame);
    sent += 1;
    return stopped === 1;
  });
  await until('the quick one has heard it all', () => quick.events.length === sent);
  expect(await cuts()).toBe(cutBefore + 1);
  expect(await openNow()).toBe(1);
  // It notices once it reads on.
  slow.response.resume();
  await until('it has lost its connection', () => slow.response.destroyed);
  expect(slow.response.complete).toBe(false);
});

test('one long frame alone, longer than the bound, cuts nobody off', async () => {
  const slow = await open();
  slow.response.pause();
  const cutBefore = await cuts();
  sinks[0]?.write(eventFrame('seat-map', { filler: 'x'.repeat(8 * 1024 * 1024) }, 'one.1'));
  sinks[0]?.write(eventFrame('seats', { changes: [] }, 'one.2'));
  slow.response.resume();
  await until('both came', () => slow.events.length === 2);
  expect(await cuts()).toBe(cutBefore);
});

test('a silent stream has comments, and says when to come back', async () => {
  const each = await open();
  await until('two comments', () => each.comments >= 2);
  expect(each.retry).toBe(3000);
  expect(each.events).toEqual([]);
});

test('at the end of the process streams end in order', async () => {
  const all = [await open(), await open()];
  streams.close();
  for (const { response } of all) await until('ended', () => response.complete);
  await until('all places are free', async () => (await openNow()) === 0);
  expect(stopped).toBe(2);
});
