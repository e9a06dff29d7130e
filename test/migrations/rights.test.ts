import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { createReadiness } from '../../shared/health/readiness';
import { projectRoot } from '../../shared/platform/project-root';
import { knownMigrations } from '../../shared/schema/schema';
import { migrate } from '../../tools/operate/migrate/run-migrations';
import type { Store } from '../../tools/stack/process';
import { findMongod } from '../../tools/stack/stores/find-store';
import { startMongod } from '../../tools/stack/stores/mongod';
import { startWorld, type World } from '../helpers/world';

/** The actions of a role, as the guide has them. */
const guide = readFileSync(join(projectRoot, 'docs/guides/rights.md'), 'utf8');
function actionsOf(role: string): string[] {
  const [, list = ''] = new RegExp(`role: '${role}'[^]*?actions: \\[([^\\]]+)\\]`).exec(guide) ?? [];
  return Array.from(list.matchAll(/'(\w+)'/g), ([, action = '']) => action);
}

let folder: string;
let mongod: Store;
let world: World | undefined;
const uriOf = (user: string) =>
  mongod.uri.replace('mongodb://', `mongodb://${user}:secret@`).replace('?', '?authSource=frontrow&');

/** A MongoDB with the two users of the guide, on which rights are checked. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-rights-'));
  const { path: binary } = await findMongod(process.env, () => undefined);
  const open = (args: string[] = []) => startMongod({ binary, folder, cacheGb: 0.25, args });
  mongod = await open();
  const client = new MongoClient(mongod.uri);
  const db = client.db('frontrow');
  for (const role of ['frontrowApp', 'frontrowMigrate']) {
    const privileges = [{ resource: { db: 'frontrow', collection: '' }, actions: actionsOf(role) }];
    await db.command({ createRole: role, roles: [], privileges });
    await db.command({ createUser: role, pwd: 'secret', roles: [role] });
  }
  await client.close();
  await mongod.stop();
  const keyFile = join(folder, 'key');
  await writeFile(keyFile, randomBytes(64).toString('base64'), { mode: 0o600 });
  mongod = await open(['--auth', '--keyFile', keyFile]);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await mongod?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test('API and workers need no right to create anything once a user with that right has run the migrations', async () => {
  expect(actionsOf('frontrowApp')).not.toEqual(expect.arrayContaining(['createCollection']));
  expect(actionsOf('frontrowApp')).not.toEqual(expect.arrayContaining(['createIndex']));
  await expect(migrate(uriOf('frontrowApp'))).rejects.toThrow(/not authorized/);
  expect(await migrate(uriOf('frontrowMigrate'))).toEqual(knownMigrations);
  world = await startWorld({
    settings: { MONGODB_URI: uriOf('frontrowApp') },
    migrate: false,
    cleanUp: false,
  });
  const concert = await world.concert();
  const fan = await world.fan(concert, { points: 1000 });
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const { body } = await world.client.command<{ status: string }>('post', `/v1/holds/${holdId}/payment`, fan);
  expect(body.status).toBe('done');
  expect(await createReadiness(world.context)()).toEqual({});
  // And may not.
  await expect(world.context.connection.collection('other').createIndex({ a: 1 })).rejects.toThrow(/not authorized/);
}, 60_000);
