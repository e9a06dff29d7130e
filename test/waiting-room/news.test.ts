import type { Context } from '../../shared/context';
import { bindModels } from '../../shared/models';
import { createLogger } from '../../shared/platform/logger';
import { openMongo } from '../../shared/platform/mongo';
import { createAdmissionStore } from '../../workers/waiting-room/store-admissions';
import { startWorld, type World } from '../helpers/world';
import { type Lab, openLab, roomOf } from './lab';

let lab: Lab;
let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  lab = openLab();
});
afterAll(async () => {
  await lab?.close();
  await world?.close();
});

test('an admission is pending with the call that made it, until it is deleted; a reset deletes none', async () => {
  const { room } = lab;
  const concert = roomOf({ maxActive: 2 });
  for (const user of ['a', 'b', 'c']) await room.join(concert, `user_${user}`);
  const users = async () =>
    (await room.pendingAdmissions(concert)).flatMap(({ admitted }) => admitted.map(({ userId }) => userId));
  expect(await users()).toEqual(['user_a', 'user_b']);
  expect(await room.admit(concert)).toMatchObject({ pending: 2, admitted: [] });
  await room.leave(concert, 'user_a');
  expect(await users()).toEqual(['user_a', 'user_b', 'user_c']);
  const [first, ...others] = await room.pendingAdmissions(concert);
  await room.deletePending(concert, first ? [first] : []);
  expect(await users()).toEqual(['user_b', 'user_c']);
  const after = { ...concert, room: { ...concert.room, epoch: 2 } };
  expect(await room.admit(after)).toMatchObject({ waiting: 0, active: 0, pending: 2 });
  expect(await room.pendingAdmissions(after)).toEqual(others);
  await room.join(after, 'user:with:colons');
  expect((await users()).at(-1)).toBe('user:with:colons');
});

test('two workers that store the same at once store each once, in order', async () => {
  const concert = roomOf({});
  const users = Array.from({ length: 300 }, (_, i) => `user_${i}`);
  for (const user of users) await lab.room.join(concert, user);
  const context: Pick<Context, 'models' | 'logger' | 'config'> = {
    models: world.context.models,
    config: world.config,
    logger: createLogger('test', 'silent'),
  };
  const cursor = world.context.connection.collection('admissions').watch();
  await cursor.tryNext();
  const stores = [lab.room, lab.other].map((room) => createAdmissionStore(context, room));
  for (const store of stores) store.store(concert);
  await Promise.all(stores.map((store) => store.settled()));
  const published: string[] = [];
  while (published.length < users.length) {
    const change = await cursor.next();
    if (change.operationType === 'insert') published.push(change.fullDocument.admitted[0].userId);
  }
  await cursor.close();
  expect(published).toEqual(users);
  expect(await world.context.models.admissions.countDocuments({ concertId: concert._id })).toBe(users.length);
  expect(await lab.room.pendingAdmissions(concert)).toEqual([]);
});

test('what could not be stored stays, and is stored by the next', async () => {
  const concert = roomOf({});
  await lab.room.join(concert, 'user_a');
  const away = await openMongo(world.config.MONGODB_URI, 'away');
  const models = bindModels(away);
  const { config } = world;
  await away.close();
  const logger = createLogger('test', 'silent');
  for (const [context, left] of [
    [{ models, logger, config }, 1],
    [{ models: world.context.models, logger, config }, 0],
  ] as const) {
    const store = createAdmissionStore(context, lab.room);
    store.store(concert);
    await store.settled();
    expect(await lab.room.pendingAdmissions(concert)).toHaveLength(left);
  }
  expect(await world.context.models.admissions.countDocuments({ concertId: concert._id })).toBe(1);
});
