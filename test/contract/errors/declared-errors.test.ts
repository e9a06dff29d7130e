import { declaredErrors } from '../../../api/http/endpoint';
import type { Route } from '../../../api/http/route';
import { allRoutes } from '../../../api/routes';
import { type ProblemCode, problems } from '../../../shared/platform/errors';
import { testConfig } from '../../helpers/test-config';
import { nameOf, sendTo } from './route-request';
import { createScenario, type Scenario } from './scenario';
import { requestFor } from './trigger';

/** Triggered for every route that declares them in desk/approvals, stores-away, overloaded, rate-limits, events/expired, queue-events and top-ups. */
const elsewhere = new Set<ProblemCode>([
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
  'CURSOR_EXPIRED',
  'TOO_MANY_STREAMS',
  'PROVIDER_UNAVAILABLE',
  'TOO_MANY_TOP_UPS',
  'APPROVAL_OVER',
  'SECOND_PERSON_REQUIRED',
]);

/** Triggered in top-ups, where there is a provider. */
const withProvider = new Set(['POST /v1/points/top-ups IDEMPOTENCY_KEY_REUSED']);

/** Some refusals come only when asked again. */
const tries: Partial<Record<ProblemCode, number>> = { QUEUE_POLL_TOO_EARLY: 3 };

let scenario: Scenario;
beforeAll(async () => {
  scenario = await createScenario();
});
afterAll(() => scenario?.world.close());

const declared = allRoutes(testConfig()).flatMap((route) =>
  declaredErrors(route)
    .filter((code) => !elsewhere.has(code) && !withProvider.has(`${nameOf(route)} ${code}`))
    .map((code): [string, ProblemCode, Route] => [nameOf(route), code, route]),
);

test.each(declared)('%s answers %s', async (_name, code, route) => {
  const { client, context } = scenario.world;
  const before = await context.models.commands.countDocuments();
  let answer = await sendTo(client, route, requestFor(scenario, route, code));
  for (let more = (tries[code] ?? 1) - 1; more > 0 && answer.status === 200; more -= 1)
    answer = await sendTo(client, route, requestFor(scenario, route, code));
  expect(answer).toMatchObject({ status: problems[code].status, body: { code, status: problems[code].status } });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['x-request-id']).toMatch(/^[\w.:-]{1,128}$/);
  expect(await context.models.commands.countDocuments()).toBe(before);
});
