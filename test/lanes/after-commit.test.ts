import { finishedChannel } from '../../shared/commands/finished-channel';
import { openSubscriber } from '../../shared/platform/redis';
import { afterCommit } from '../../workers/batches/after-commit';
import type { BatchDecision } from '../../workers/batches/decide-batch';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

const decided = [
  { command: { _id: 'job_charge' }, outcome: { status: 'done', result: {}, changes: [] } },
  {
    command: { _id: 'job_payment' },
    outcome: { status: 'done', result: {}, changes: [], after: { finishVisit: { concertId: 'c', userId: 'u' } } },
  },
  { command: { _id: 'job_refused' }, outcome: { status: 'refused', problem: { code: 'SEAT_TAKEN' } } },
  { command: { _id: 'job_deferred' }, outcome: { status: 'deferred', until: new Date() } },
];
const decision = { decided, schedule: [], skip: [], seats: [] } as unknown as BatchDecision;

test.each(['has ended', 'could not be ended'])(
  'a payment is told once its visit %s, the rest of its group at once',
  async (end) => {
    const { context } = world;
    const told: string[] = [];
    const subscriber = await openSubscriber(context.config.REDIS_URL, context.logger);
    subscriber.on('message', (_channel: string, ids: string) => told.push(ids));
    await subscriber.subscribe(finishedChannel(context.config));
    let finish = () => {};
    const visit = new Promise<void>((resolve, reject) => {
      finish = () => (end === 'has ended' ? resolve() : reject(new Error('no room')));
    });
    const telling = afterCommit(context, decision, () => visit);
    await until('the others are told', () => told.length === 1);
    expect(told).toEqual(['job_charge,job_refused']);
    finish();
    await telling;
    await until('the payment is told', () => told.length === 2);
    expect(told[1]).toBe('job_payment');
    subscriber.disconnect();
  },
);
