import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { native } from '../../shared/models';
import { createWaitingRoom, type WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { runAudit } from '../../workers/audit/run-audit';
import { startWorld, type World } from '../helpers/world';

let world: World;
let rooms: WaitingRoom;

beforeAll(async () => {
  world = await startWorld({ workers: false });
  const { redis, config, clock } = world.context;
  rooms = createWaitingRoom({ redis, clock, secret: config.QUEUE_TOKEN_SECRET, prefix: config.QUEUE_PREFIX });
});

afterAll(() => world.close());

const audit = () => runAudit({ ...world.context, offsetMs: world.clock.offsetMs }, { rooms });

/** A concert with three active visitors. */
async function crowdedConcert(): Promise<ConcertDoc> {
  const { concertId } = await world.concert({ room: { maxActive: 3, admitPerMinute: 600 } });
  const concert = await native(world.context.models, 'concerts').findOne({ _id: concertId });
  if (!concert) throw new Error('no concert');
  for (const user of ['one', 'two', 'three']) await rooms.join(concert, `user_${user}`);
  await rooms.admit(concert);
  return concert;
}

test('a room within its limits is fine, and is looked at', async () => {
  await crowdedConcert();
  const { violations, checks } = await audit();
  expect(violations).toEqual([]);
  expect(checks.find(({ invariant }) => invariant === 'I10')?.checked).toBe(1);
});

test.each([
  ['maxActive', /3 active, at most 2/],
  ['admitPerMinute', /3 admitted within a minute, at most 2/],
])('more than %s is named, unless the limit was lowered just now', async (limit, message) => {
  const { _id, room } = await crowdedConcert();
  const { models, clock } = world.context;
  await native(models, 'concerts').updateOne({ _id }, { $set: { [`room.${limit}`]: 2 } });
  expect((await audit()).violations).toEqual([
    { invariant: 'I10', message: expect.stringMatching(message), ids: [_id] },
  ]);
  const details = { [limit]: { from: room[limit as 'maxActive'], to: 2 } };
  const action = { action: 'waiting-room.limit', adminId: 'admin', target: _id, details } as const;
  await native(models, 'adminActions').insertOne({ ...action, _id: `act_${_id}`, at: new Date(clock.now()) });
  expect((await audit()).violations).toEqual([]);
});
