import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { boundConnections, cutSlowReaders } from '../../api/http/connections';
import { oneAtATime } from '../../api/http/pipeline';
import { createReadiness } from '../../shared/health/readiness';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { rawRequest, sendRaw } from './raw-http';

const opened: Server[] = [];
const sockets: Socket[] = [];
let world: World | undefined;
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await world?.close();
  world = undefined;
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handle: RequestListener, prepare: (server: Server) => void = () => undefined): Promise<number> {
  const server = createServer(handle);
  opened.push(server);
  prepare(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

interface Peer {
  socket: Socket;
  received(): string;
  statuses(): number[];
  isClosed(): boolean;
}

function open(port: number): Peer {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  let closed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  const statuses = () => Array.from(text.matchAll(/HTTP\/1\.1 (\d{3})/g), (found) => Number(found[1]));
  return { socket, received: () => text, statuses, isClosed: () => closed };
}

const portOf = (world: World) => Number(new URL(world.url).port);
const many = (count: number, line: string) => Buffer.concat(Array.from({ length: count }, () => rawRequest(line)));

describe('requests sent ahead on one connection', () => {
  test('are worked on one after another, and answered in order', async () => {
    let [atWork, most] = [0, 0];
    const port = await serve(
      oneAtATime((request, response) => {
        atWork += 1;
        most = Math.max(most, atWork);
        setTimeout(() => {
          atWork -= 1;
          response.end(request.url);
        }, 5);
      }),
    );
    const peer = open(port);
    peer.socket.write(Buffer.concat(Array.from({ length: 20 }, (_, i) => rawRequest(`GET /nr-${i}-`))));
    await until('all are answered', () => peer.statuses().length === 20);
    const order = Array.from(peer.received().matchAll(/\/nr-(\d+)-/g), (found) => Number(found[1]));
    expect([order, most]).toEqual([Array.from({ length: 20 }, (_, i) => i), 1]);
    // The connection goes on.
    peer.socket.write(rawRequest('GET /later'));
    await until('one more', () => peer.received().includes('/later'));
  });

  test('with bodies, in pieces, still arrive whole', async () => {
    const port = await serve(
      oneAtATime(async (request, response) => {
        let body = '';
        for await (const piece of request) body += piece;
        await sleep(5);
        response.end(`<${body}>`);
      }),
    );
    const peer = open(port);
    const bodies = ['one', 'two', 'x'.repeat(100_000), 'four'];
    const all = Buffer.concat(bodies.map((body) => rawRequest('POST /', [], body)));
    for (let at = 0; at < all.length; at += 30_000) {
      peer.socket.write(all.subarray(at, at + 30_000));
      await sleep(2);
    }
    await until('all are answered', () => peer.received().includes('<four>'));
    expect(peer.statuses()).toEqual([200, 200, 200, 200]);
  });

  test('beyond some get one answer, the last one of the connection', async () => {
    let served = 0;
    const port = await serve(
      oneAtATime((_request, response) => {
        served += 1;
        setTimeout(() => response.end('ok'), 20);
      }),
    );
    const peer = open(port);
    peer.socket.write(many(10_000, 'GET /'));
    await until('closed', () => peer.isClosed());
    expect([peer.statuses(), served]).toEqual([[200, 429], 1]);
    expect(peer.received()).toMatch(/429.*Connection: close.*"code":"RATE_LIMITED"/s);
  });

  test('ten thousand of them keep no neighbour waiting, and the process stays ready', async () => {
    world = await startWorld({ workers: false });
    const port = portOf(world);
    const flood = async () => {
      const peer = open(port);
      peer.socket.write(many(10_000, 'GET /v1/concerts'));
      await until('turned away', () => peer.isClosed());
      expect(peer.statuses().length).toBeLessThanOrEqual(34);
      expect(peer.statuses().at(-1)).toBe(429);
    };
    /** @returns whether it was ready all the while */
    const isReadyBesideFloods = async () => {
      const floods = Promise.all([flood(), flood(), flood(), flood()]);
      let isReady = true;
      for (let i = 0; i < 20; i += 1) {
        isReady &&= (await sendRaw(port, rawRequest('GET /readyz'))).status === 200;
        expect((await sendRaw(port, rawRequest('GET /v1/concerts'))).status).toBe(200);
      }
      return floods.then(() => isReady);
    };
    // A machine that is busy with other things may keep a store from answering in time: not again and again.
    await until('ready beside floods', isReadyBesideFloods, 60_000);
    const counted = jest.fn(async () => null);
    const readiness = createReadiness(world.context, { counted });
    await Promise.all(Array.from({ length: 10_000 }, () => readiness()));
    expect(counted).toHaveBeenCalledTimes(1);
  }, 90_000);

  test('a rate limit that they reach closes the connection', async () => {
    const settings = { RATE_LIMIT_ADDRESS: '5', RATE_LIMIT_SECONDS: '3600' };
    world = await startWorld({ workers: false, settings });
    const peer = open(portOf(world));
    peer.socket.write(many(20, 'GET /v1/concerts'));
    await until('closed', () => peer.isClosed());
    expect(peer.statuses()).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe('whoever does not read', () => {
  const big = Buffer.alloc(32 * 2 ** 20, 'x');

  test('is cut off when no byte was taken for a while, and whoever reads slowly is not', async () => {
    let closed = 0;
    const port = await serve(
      (_request, response) => {
        response.once('close', () => {
          closed += 1;
        });
        response.end(big);
      },
      (server) => cutSlowReaders(server, 3000),
    );
    const idle = Array.from({ length: 20 }, () => open(port));
    const slow = open(port);
    for (const { socket } of [...idle, slow]) socket.write(rawRequest('GET /'));
    for (const { socket } of idle) socket.pause();
    slow.socket.pause();
    // A little each half second, for longer than the others are given.
    const sipping = setInterval(() => slow.socket.read(256 * 1024) ?? slow.socket.read(), 500);
    await until('all that take nothing are cut off', () => closed >= 20, 15_000);
    expect(closed).toBe(20);
    for (let i = 0; i < 10; i += 1) await sleep(500);
    expect(closed).toBe(20);
    clearInterval(sipping);
    slow.socket.resume();
    await until('the slow one has it all', () => slow.received().length > big.length, 15_000);
  }, 60_000);

  test('a stream is cut off too, though little is written to it', async () => {
    let isOpen = true;
    const port = await serve(
      (_request, response) => {
        response.write(big);
        const beat = setInterval(() => response.write(':\n\n'), 200);
        response.once('close', () => {
          isOpen = false;
          clearInterval(beat);
        });
      },
      (server) => cutSlowReaders(server, 2000),
    );
    const peer = open(port);
    peer.socket.write(rawRequest('GET /'));
    peer.socket.pause();
    await until('cut off', () => !isOpen, 10_000);
  }, 20_000);

  test('waiting for an answer, or for the next request, is no such thing', async () => {
    const port = await serve(
      (_request, response) => void setTimeout(() => response.end('late'), 4000),
      (server) => cutSlowReaders(server, 1000),
    );
    const peer = open(port);
    peer.socket.write(rawRequest('GET /'));
    await until('answered', () => peer.received().includes('late'), 10_000);
    await sleep(2500);
    peer.socket.write(rawRequest('GET /'));
    await until('answered again', () => peer.statuses().length === 2, 10_000);
  }, 20_000);
});

describe('connections of one address', () => {
  const answer: RequestListener = (_request, response) => void response.end('ok');

  test('are bounded, and free again when they end', async () => {
    const limits = { MAX_CONNECTIONS_PER_ADDRESS: 3, TRUST_PROXY: 0 };
    const port = await serve(answer, (server) => boundConnections(server, limits));
    const first = Array.from({ length: 3 }, () => open(port));
    for (const { socket } of first) await once(socket, 'connect');
    const fourth = open(port);
    await until('turned away', fourth.isClosed);
    expect(fourth.received()).toMatch(/^HTTP\/1\.1 429 .*\r\nConnection: close\r\nRetry-After: 5/);
    first[0]?.socket.write(rawRequest('GET /'));
    await until('those that are open are served', () => first[0]?.statuses()[0] === 200);
    first[0]?.socket.destroy();
    await until('free', async () => (await sendRaw(port, rawRequest('GET /'))).status === 200);
  });

  test('are the proxy to bound where one is trusted', async () => {
    const limits = { MAX_CONNECTIONS_PER_ADDRESS: 1, TRUST_PROXY: 1 };
    const port = await serve(answer, (server) => boundConnections(server, limits));
    const peers = Array.from({ length: 5 }, () => open(port));
    for (const { socket } of peers) socket.write(rawRequest('GET /'));
    await until('all are served', () => peers.every((peer) => peer.statuses()[0] === 200));
  });

  test('the API itself has the bound', async () => {
    world = await startWorld({ workers: false, settings: { MAX_CONNECTIONS_PER_ADDRESS: '2' } });
    const port = portOf(world);
    const peers = Array.from({ length: 2 }, () => open(port));
    for (const { socket } of peers) await once(socket, 'connect');
    expect((await sendRaw(port, rawRequest('GET /livez'))).status).toBe(429);
  });
});
