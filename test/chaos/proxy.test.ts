import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type NetworkProxy, openProxy } from '../../tools/stack/proxy';
import { until } from '../helpers/until';

let store: Server;
let proxy: NetworkProxy;
const sockets = new Set<Socket>();

/** A store that answers everything it is sent. */
beforeEach(async () => {
  store = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  store.listen(0, '127.0.0.1');
  await once(store, 'listening');
  proxy = await openProxy(() => (store.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await proxy.close();
  await new Promise((resolve) => store.close(resolve));
});

interface Peer {
  socket: Socket;
  received(): string;
  /** How the connection ended; null while it is open. */
  end(): string | null;
}

async function dial(): Promise<Peer> {
  const peer = peerOf(connect(proxy.port, '127.0.0.1'));
  await once(peer.socket, 'connect');
  return peer;
}

function peerOf(socket: Socket): Peer {
  sockets.add(socket);
  let received = '';
  let end: string | null = null;
  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    received += text;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code ?? error.message;
  });
  socket.on('close', () => {
    end ??= 'closed';
  });
  return { socket, received: () => received, end: () => end };
}

async function talks(peer: Peer, text: string): Promise<number> {
  const start = performance.now();
  peer.socket.write(text);
  await until(`receives ${text.slice(0, 20)}`, () => peer.received().endsWith(text));
  return performance.now() - start;
}

/** In the time of many round trips past the proxy nothing comes through it. */
async function saysNothing(peer: Peer, text: string): Promise<void> {
  const before = peer.received();
  const witness = peerOf(connect((store.address() as AddressInfo).port, '127.0.0.1'));
  peer.socket.write(text);
  for (let round = 0; round < 50; round += 1) await talks(witness, `round ${round};`);
  expect(peer.received()).toBe(before);
}

test('a good network forwards both ways', async () => {
  const peer = await dial();
  await talks(peer, 'hello');
  expect(proxy.connections()).toBe(1);
});

test('latency is added in each direction, on open connections too', async () => {
  const peer = await dial();
  await talks(peer, 'warm');
  proxy.slow(60);
  expect(await talks(peer, 'slow')).toBeGreaterThanOrEqual(119);
  proxy.heal();
  expect(await talks(peer, 'fast')).toBeLessThan(100);
});

test('a narrow network lets so many bytes a second through, and what waits goes on when it widens', async () => {
  const peer = await dial();
  proxy.narrow(50_000);
  expect(await talks(peer, 'x'.repeat(10_000))).toBeGreaterThanOrEqual(200);
  peer.socket.write('y'.repeat(500_000));
  proxy.heal();
  await until('all has come', () => peer.received().length === 510_000);
});

test('a reset breaks what is open; new connections work', async () => {
  const peer = await dial();
  await talks(peer, 'hello');
  proxy.reset();
  await until('reset', () => peer.end() === 'ECONNRESET');
  await talks(await dial(), 'again');
});

test('cut: new connections are reset until it is healed', async () => {
  proxy.cut();
  const peer = peerOf(connect(proxy.port, '127.0.0.1'));
  await until('reset', () => peer.end() === 'ECONNRESET');
  proxy.heal();
  await talks(await dial(), 'again');
});

test('frozen: nothing comes through, nothing is lost', async () => {
  const peer = await dial();
  await talks(peer, 'hello');
  proxy.freeze();
  await saysNothing(peer, 'anybody?');
  proxy.heal();
  await until('it comes after all', () => peer.received() === 'helloanybody?');
});

test('orphaned: nobody answers any more, and nobody says so; new connections work', async () => {
  const peer = await dial();
  await talks(peer, 'hello');
  proxy.orphan();
  await saysNothing(peer, 'anybody?');
  await talks(await dial(), 'again');
  proxy.heal();
  await saysNothing(peer, 'and now?');
  expect(peer.end()).toBe(null);
  expect(proxy.orphans()).toBe(1);
  peer.socket.destroy();
  await until('forgotten', () => proxy.orphans() === 0);
});
