import { setImmediate } from 'node:timers/promises';
import type { ClientSession } from 'mongoose';
import { declaredErrors } from '../../../api/http/endpoint';
import { allRoutes } from '../../../api/routes';
import { newCommand } from '../../../shared/commands/new-command';
import { native } from '../../../shared/models';
import { testConfig } from '../../helpers/test-config';
import { nameOf, sendTo } from './route-request';
import { createScenario, type Scenario } from './scenario';
import { goodRequest } from './trigger';

const routes = allRoutes(testConfig()).filter((route) => declaredErrors(route).includes('OVERLOADED'));
const request = { kind: 'points.charge', payload: { amount: 1 }, userId: 'somebody', key: 'the same' } as const;

let scenario: Scenario;
let session: ClientSession;
let flood: Promise<unknown>[];

/** An open transaction with the same key holds the API's insert up, so that nothing leaves the line behind it. */
beforeAll(async () => {
  scenario = await createScenario();
  const { context, workers } = scenario.world;
  await workers.stop();
  session = await context.connection.startSession();
  session.startTransaction();
  const rival = newCommand(context.config, context.newId('job'), request, new Date());
  await native(context.models, 'commands').insertOne(rival, { session });
  flood = [context.acceptCommand(request)];
  let full = false;
  const pour = () => {
    const another = context.acceptCommand({ ...request, key: null });
    const noted = another.catch(() => {
      full = true;
    });
    flood.push(noted);
  };
  // In many turns of the event loop, so that the insert has begun long before the line is full.
  for (; !full; await setImmediate()) for (let i = 0; i < 100; i += 1) pour();
});
afterAll(async () => {
  await session?.abortTransaction();
  await session?.endSession();
  await Promise.all(flood ?? []);
  await scenario?.world.close();
});

test.each(routes.map((route) => [nameOf(route), route] as const))('%s answers OVERLOADED', async (_name, route) => {
  const answer = await sendTo(scenario.world.client, route, goodRequest(scenario, route));
  expect(answer).toMatchObject({ status: 503, body: { code: 'OVERLOADED' }, headers: { 'retry-after': '1' } });
});
