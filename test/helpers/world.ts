import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../api/app';
import { type ApiContext, openApiContext } from '../../api/context';
import { createHttpServer } from '../../api/http/server';
import { allRoutes } from '../../api/routes';
import { openContext } from '../../shared/context';
import { type Clock, createClock } from '../../shared/platform/clock';
import type { Config } from '../../shared/platform/config';
import { primariesOf } from '../../shared/platform/redis';
import { startWorkers } from '../../workers/start-workers';
import { type Builders, createBuilders } from './builders';
import { type Client, createClient } from './client';
import { migrated } from './migrated';
import { testConfig } from './test-config';

/** An API and workers in this process, on stores of their own names. */
export interface World extends Builders {
  config: Config;
  /** The API's. */
  context: ApiContext;
  /** Everybody's, the waiting room's and the workers' too: add to `offsetMs` to let time pass. */
  clock: Clock;
  /** `http://127.0.0.1:…` */
  url: string;
  client: Client;
  /** For tests in which nothing may be carried out for a while. */
  workers: { start(): Promise<void>; stop(): Promise<void> };
  /** Stops everything and removes the database and the keys. */
  close(): Promise<void>;
}

export interface WorldOptions {
  settings?: Partial<Record<keyof Config, string>>;
  /** False: commands stay `accepted` until `workers.start()`. */
  workers?: boolean;
  /** False when the stores will be gone by then. */
  cleanUp?: boolean;
  /** False when the database has been migrated. */
  migrate?: boolean;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { settings, workers = true, cleanUp = true, migrate = true } = options;
  const config = testConfig(settings);
  if (migrate) await migrated(config);
  const clock = createClock();
  const context = await openApiContext(config, clock);
  const { lifecycle } = context;
  if (cleanUp) lifecycle.onClose('database and keys', () => removeAll(context));
  const group = workerGroup(config, clock);
  lifecycle.onClose('workers', group.stop);
  try {
    const url = await serve(context);
    const client = createClient(url, allRoutes(config));
    lifecycle.onClose('client', client.close);
    if (workers) await group.start();
    const builders = createBuilders(context, client);
    return { ...builders, config, context, clock, url, client, workers: group, close: () => lifecycle.close() };
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

/** Serves an API on a port of its own until its context closes. @returns its address */
export async function serve(context: ApiContext): Promise<string> {
  const server = createHttpServer(createApp(context), context).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.lifecycle.onClose('server', () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Workers with connections of their own, as in another process. */
function workerGroup(config: Config, clock: Clock): World['workers'] {
  let stop: (() => Promise<void>) | null = null;
  return {
    async start() {
      const context = await openContext(config, 'workers', clock);
      stop = () => context.lifecycle.close();
      const owner = await startWorkers(context);
      context.lifecycle.onClose('lanes', owner.stop);
    },
    async stop() {
      await stop?.();
      stop = null;
    },
  };
}

async function removeAll({ connection, redis, config }: ApiContext): Promise<void> {
  await connection.dropDatabase();
  const match = `${config.QUEUE_PREFIX}:*`;
  // One by one: in a cluster they are of many slots.
  for (const node of primariesOf(redis))
    for await (const keys of node.scanStream({ match, count: 1000 }) as AsyncIterable<string[]>)
      await Promise.all(keys.map((key) => redis.unlink(key)));
}
