import { SignJWT } from 'jose';
import { refusalOf } from '../../api/http/endpoint';
import { type Role, roles } from '../../api/http/roles';
import { allRoutes } from '../../api/routes';
import { exampleBody, nameOf, sendTo } from '../contract/errors/route-request';
import type { TestUser } from '../helpers/builders';
import { testConfig } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';

const settings = {
  OPERATOR_CLAIM_VALUE: 'sale-operator',
  BOX_OFFICE_CLAIM_VALUE: 'Box Office',
  JWT_SECRET: 'tokens of these tests are signed with this',
};
const ofStaff = allRoutes(testConfig()).flatMap((route) => (typeof route.auth === 'object' ? [route] : []));

let world: World;
let staff: Record<Role, TestUser>;
beforeAll(async () => {
  world = await startWorld({ workers: false, settings });
  const all = await Promise.all(roles.map(async (role) => [role, await world.staff(role)]));
  staff = Object.fromEntries(all);
});
afterAll(() => world?.close());

test('every endpoint under /v1/admin names roles, and no other does', () => {
  const named = allRoutes(testConfig()).filter(({ path }) => path.startsWith('/v1/admin/'));
  expect(ofStaff.map(nameOf)).toEqual(named.map(nameOf));
});

describe.each(ofStaff.map((route) => [nameOf(route), route] as const))('%s', (_, route) => {
  const allowed = typeof route.auth === 'object' ? route.auth : (['admin'] as const);

  test.each(roles)('for the role %s', async (role) => {
    const body = route.body && exampleBody(route);
    const answer = await sendTo(world.client, route, { ids: {}, token: staff[role].token, body });
    if (allowed.includes(role)) return expect(answer.status).not.toBe(403);
    expect(answer).toMatchObject({ status: 403, body: { code: refusalOf(allowed) } });
    for (const one of allowed) expect(answer.body.detail).toContain(one);
  });
});

/** A token as an identity provider makes it. */
function tokenWith(claim: unknown): Promise<string> {
  const jwt = new SignJWT({ role: claim }).setProtectedHeader({ alg: 'HS256' }).setSubject('mina');
  return jwt.setExpirationTime('1h').sign(new TextEncoder().encode(settings.JWT_SECRET));
}

const mayReset = async (token: string) =>
  (await world.client.send('post', '/v1/admin/concerts/nothing/waiting-room/pause', { token })).status !== 403;
const maySell = async (token: string) => (await world.client.send('get', '/v1/admin/sales', { token })).status !== 403;

test.each<[unknown, boolean, boolean]>([
  ['sale-operator', true, true],
  [['viewer', 'Box Office'], false, true],
  [['door', 'sale-operator'], true, true],
  ['door', false, false],
  ['operator', false, false],
  ['sale-operator door', false, false],
  [{ 'sale-operator': true }, false, false],
  [[['sale-operator']], false, false],
  [null, false, false],
])('the claim %j: rooms %s, figures %s', async (claim, rooms, figures) => {
  const token = await tokenWith(claim);
  expect([await mayReset(token), await maySell(token)]).toEqual([rooms, figures]);
});

test.each([...roles.slice(1), 'admin:mina'].map((name) => [name]))(
  'signing in as %s needs the password',
  async (name) => {
    const signIn = (body: object) => world.client.send('post', '/v1/sign-in', { body });
    expect(await signIn({ name })).toMatchObject({
      body: { code: expect.stringMatching(/^(UNAUTHENTICATED|RATE_LIMITED)$/) },
    });
    for (const other of [`my ${name}`, `${name.replace(':', '')}s`])
      expect(await signIn({ name: other })).toMatchObject({ status: 200 });
  },
);
