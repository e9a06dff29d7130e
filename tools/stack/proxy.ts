import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createPipe, type Pipe, type Rules } from './pipe';

/** Stands between processes and a store, on 127.0.0.1, and does to their connections what networks do. */
export interface NetworkProxy {
  port: number;
  /** Adds so many milliseconds in each direction. */
  slow(ms: number): void;
  /** Lets through at most so many bytes a second in each direction and connection. */
  narrow(bytesPerSecond: number): void;
  /** Resets (RST) all connections; new ones are reset at once, until `heal`. */
  cut(): void;
  /** Resets all connections; new ones work. */
  reset(): void;
  /** Forwards nothing, on old and new connections, until `heal`; then everything that was sent meanwhile. */
  freeze(): void;
  /** As if the other side of every connection had vanished without a word; new ones work. */
  orphan(): void;
  /** Back to a good network. Orphaned connections are closed on the store's side only. */
  heal(): void;
  connections(): number;
  /** Orphaned connections that their client still holds to. */
  orphans(): number;
  close(): Promise<void>;
}

interface Link {
  client: Socket;
  store: Socket;
  pipes: Pipe[];
  orphaned: boolean;
}

/** @param storePort of a store on 127.0.0.1; read anew for each connection */
export async function openProxy(storePort: () => number): Promise<NetworkProxy> {
  const rules: Rules = { delayMs: 0, bytesPerSecond: Infinity, frozen: false };
  const links = new Set<Link>();
  let refusing = false;

  function accept(client: Socket): void {
    client.on('error', () => undefined);
    if (refusing) return void client.resetAndDestroy();
    const store = connect({ port: storePort(), host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    const link: Link = { client, store, orphaned: false, pipes: [] };
    link.pipes = [createPipe(client, store, rules), createPipe(store, client, rules)];
    links.add(link);
    store.on('error', () => undefined);
    client.on('close', () => link.orphaned || end(link));
    store.on('close', () => link.orphaned || end(link));
  }

  /** What is under way is lost with the connection. */
  function end(link: Link): void {
    links.delete(link);
    for (const pipe of link.pipes) pipe.close();
    link.client.destroy();
    link.store.destroy();
  }

  function resetAll(): void {
    for (const link of links) {
      links.delete(link);
      for (const pipe of link.pipes) pipe.close();
      link.client.resetAndDestroy();
      link.store.resetAndDestroy();
    }
  }

  function change(changes: Partial<Rules>): void {
    Object.assign(rules, changes);
    for (const { pipes } of links) for (const pipe of pipes) pipe.changed();
  }

  const server = createServer({ noDelay: true }, accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    slow: (delayMs) => change({ delayMs }),
    narrow: (bytesPerSecond) => change({ bytesPerSecond }),
    cut() {
      refusing = true;
      resetAll();
    },
    reset: resetAll,
    freeze: () => change({ frozen: true }),
    orphan() {
      for (const link of links) {
        link.orphaned = true;
        for (const pipe of link.pipes) pipe.close();
      }
    },
    heal() {
      refusing = false;
      for (const link of links) if (link.orphaned) bury(link);
      change({ delayMs: 0, bytesPerSecond: Infinity, frozen: false });
    },
    connections: () => links.size,
    orphans: () => [...links].filter((link) => link.orphaned && !link.client.destroyed).length,
    async close() {
      server.close();
      for (const link of links) end(link);
      await once(server, 'close');
    },
  };

  /** The client gets no notice: it has to find out by itself that nobody answers. */
  function bury(link: Link): void {
    link.store.destroy();
    if (link.client.destroyed) links.delete(link);
  }
}
