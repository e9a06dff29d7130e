import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../api/app';
import { openApiContext } from '../../api/context';
import { createHttpServer, finishRequests } from '../../api/http/server';
import { openContext } from '../../shared/context';
import { loadConfig } from '../../shared/platform/config';
import { startWorkers } from '../../workers/start-workers';
import { seedDemo } from '../dev/seed-demo';
import { migrate } from '../operate/migrate/run-migrations';
import { runAdminPassword, runSettings } from '../stack/settings';
import { databaseUri, openStores } from '../stack/stores';

export interface FuzzedServer {
  url: string;
  /** Of somebody who has been let in to the demo concert, and of the admin. */
  user: { token: string; queueToken: string };
  /** Real ids, by path parameter, most of them of what the user has. */
  ids: Record<string, string>;
  adminToken: string;
  close(): Promise<void>;
}

/** A whole product on stores of its own: API and workers in this process, with the demo concert. */
export async function startFuzzedServer(log: (line: string) => void): Promise<FuzzedServer> {
  const stores = await openStores({ name: 'fuzz', log });
  const uris = { MONGODB_URI: databaseUri(stores.mongod.uri, 'fuzz'), REDIS_URL: stores.redis.uri };
  const config = loadConfig(runSettings({ PORT: '0', LOG_LEVEL: 'error', MAX_WAIT_SECONDS: '1', ...uris }));
  await migrate(config.MONGODB_URI);
  const context = await openApiContext(config);
  const workerContext = await openContext(config, 'workers');
  await seedDemo(context);
  const workers = await startWorkers(workerContext);
  const server = createHttpServer(createApp(context), context);
  await once(server.listen(0, config.HOST), 'listening');
  const url = `http://${config.HOST}:${(server.address() as AddressInfo).port}`;
  const { token } = await post(url, '/v1/sign-in', { name: 'fuzz' });
  const joined = await post(url, '/v1/concerts/concert_demo/queue-token', undefined, token);
  const admin = await post(url, '/v1/sign-in', { name: 'admin', password: runAdminPassword });
  return {
    url,
    user: { token, queueToken: joined.token },
    ids: await buy(url, token, joined.token),
    adminToken: admin.token,
    async close() {
      await finishRequests(server);
      await workers.stop();
      await workerContext.lifecycle.close();
      await context.lifecycle.close();
      await stores.close();
    },
  };
}

/** Two holds, one of them paid, so that every kind of id leads somewhere. */
async function buy(url: string, token: string, queueToken: string): Promise<FuzzedServer['ids']> {
  const command = async (path: string, body?: object) => {
    const headers = { 'Queue-Token': queueToken, Prefer: 'wait=1', 'Idempotency-Key': randomUUID() };
    return post<{ id: string; result: Record<string, string> }>(url, path, body, token, headers);
  };
  await command('/v1/points/charges', { amount: 100_000 });
  const holds = '/v1/performances/perf_demo_1/holds';
  const kept = await command(holds, { seatIds: ['perf_demo_1-A-1'] });
  const paid = await command(holds, { seatIds: ['perf_demo_1-A-2'] });
  const { id: jobId, result } = await command(`/v1/holds/${paid.result.holdId}/payment`);
  const { paymentId = '', reservationId = '' } = result;
  const ids = { jobId, paymentId, reservationId, holdId: kept.result.holdId ?? '' };
  return { concertId: 'concert_demo', performanceId: 'perf_demo_1', ...ids };
}

async function post<T = { token: string }>(
  url: string,
  path: string,
  body?: object,
  token?: string,
  more: Record<string, string> = {},
): Promise<T> {
  const headers = { Connection: 'close', 'Content-Type': 'application/json', ...more };
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...headers, ...(token && { Authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
