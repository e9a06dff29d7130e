import { audited } from '../../api/admin/audited';
import { native } from '../../shared/models';
import { startWorld, type World } from '../helpers/world';

let world: World;
let admin: { id: string; token: string };
beforeAll(async () => {
  world = await startWorld({ workers: false });
  admin = await world.admin();
});
afterAll(() => world?.close());

interface Page {
  items: { id: string; adminId: string; action: string; target: string; at: string; details: unknown }[];
  nextCursor: string | null;
}
const list = async (query = '') =>
  (await world.client.send<Page>('get', `/v1/admin/actions${query}`, { token: admin.token })).body;

test('every change is listed, newest first, in pages', async () => {
  const before = Date.now();
  for (const id of ['one', 'two', 'three'])
    await world.client.send('post', '/v1/admin/concerts', { token: admin.token, body: { id, title: id } });
  const first = await list('?limit=2');
  const second = await list(`?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ target }) => target)).toEqual(['three', 'two', 'one']);
  expect(second.nextCursor).toBeNull();
  const [newest] = first.items;
  expect(newest).toMatchObject({
    adminId: admin.id,
    action: 'concert.create',
    details: { id: 'three', title: 'three' },
  });
  expect(Math.abs(new Date(newest?.at ?? 0).getTime() - before)).toBeLessThan(10_000);
});

test('refuses a page that is not one', async () => {
  for (const query of ['?limit=0', '?limit=ten', '?cursor=nonsense', '?cursor=WzFd', '?target=one'])
    expect(await list(query)).toMatchObject({ code: 'VALIDATION_FAILED' });
});

test('a change that fails leaves neither itself nor a record', async () => {
  const { context } = world;
  const action = { adminId: admin.id, action: 'concert.update', target: 'one' } as const;
  const change = audited(context, action, async (session) => {
    await native(context.models, 'concerts').updateOne({ _id: 'one' }, { $set: { title: 'half' } }, { session });
    throw new Error('in the middle');
  });
  await expect(change).rejects.toThrow('in the middle');
  expect(await context.models.concerts.findById('one').lean()).toMatchObject({ title: 'one' });
  expect(await context.models.adminActions.countDocuments({ action: 'concert.update' })).toBe(0);
});
