import { createQueueBroadcaster } from '../../api/waiting-room/queue-broadcaster';
import { createLogger } from '../../shared/platform/logger';
import type { QueueTokenState } from '../../shared/waiting-room/waiting-room';
import { until } from '../helpers/until';
import { openLab, roomOf } from './lab';

const lab = openLab();
const concert = roomOf({ maxActive: 0 });
const feed = createQueueBroadcaster({
  waitingRoom: lab.room,
  findRoom: async () => concert,
  logger: createLogger('test', 'silent'),
  roundMs: 10,
});

afterAll(async () => {
  await feed.close();
  await lab.close();
});

test('pages receive every move of their own place, and nothing twice', async () => {
  for (const user of ['ann', 'bob']) await lab.room.join(concert, user);
  const received: QueueTokenState[] = [];
  const stop = feed.subscribe(concert._id, 'bob', (state) => received.push(state));
  const stopOther = feed.subscribe(concert._id, 'ann', () => undefined);
  await until('first state', () => received.length === 1);
  await lab.room.leave(concert, 'ann');
  await until('moved up', () => received.length === 2);
  // Redis is lost, and the place with it: the page never notices.
  await lab.redis.del(Object.values(lab.keys(concert._id)));
  concert.room.maxActive = 1;
  await until('let in', () => received.at(-1)?.status === 'active');
  stop();
  stopOther();
  expect(received.map(({ status, position }) => [status, position])).toEqual([
    ['waiting', 2],
    ['waiting', 1],
    ['active', null],
  ]);
});
