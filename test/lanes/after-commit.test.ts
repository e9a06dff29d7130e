import { decodeOutcomes, outcomeChannel } from '../../shared/commands/outcome-channel';
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

const now = new Date('2026-01-02T03:04:05.678Z');
const problem = { code: 'SEAT_TAKEN', detail: 'Taken: A-1.', extra: { seatIds: ['A-1'] } };
const decided = [
  { command: { _id: 'job_charge', userId: 'u' }, outcome: { status: 'done', result: { amount: 1 }, changes: [] } },
  {
    command: { _id: 'job_payment', userId: 'u' },
    outcome: { status: 'done', result: {}, changes: [], after: { finishSession: { concertId: 'c', userId: 'u' } } },
  },
  { command: { _id: 'job_refused', userId: 'v' }, outcome: { status: 'refused', problem } },
  { command: { _id: 'job_deferred', userId: 'v' }, outcome: { status: 'deferred', until: new Date() } },
];
const decision = { decided, schedule: [], skip: [], seats: [], places: [] } as unknown as BatchDecision;

test.each(['has ended', 'could not be ended'])(
  'the outcome of a payment is published once its visit %s, the rest of its batch at once',
  async (end) => {
    const { context } = world;
    const messages: string[] = [];
    const subscriber = await openSubscriber(context.config.REDIS_URL, context.logger);
    subscriber.on('message', (_channel: string, message: string) => messages.push(message));
    await subscriber.subscribe(outcomeChannel(context.config));
    let finish = () => {};
    const visit = new Promise<void>((resolve, reject) => {
      finish = () => (end === 'has ended' ? resolve() : reject(new Error('no room')));
    });
    const work = { finishSession: () => visit, scheduleExpiries: async () => {} };
    const published = afterCommit(context, decision, now, work);
    await until('the others are published', () => messages.length === 1);
    expect(decodeOutcomes(messages[0] ?? '')).toEqual([
      { _id: 'job_charge', userId: 'u', status: 'done', finishedAt: now, result: { amount: 1 }, problem: null },
      { _id: 'job_refused', userId: 'v', status: 'refused', finishedAt: now, result: null, problem },
    ]);
    finish();
    await published;
    await until('the payment is published', () => messages.length === 2);
    expect(decodeOutcomes(messages[1] ?? '')).toMatchObject([{ _id: 'job_payment', status: 'done', result: {} }]);
    subscriber.disconnect();
  },
);

test('what is no message of outcomes has none', () => {
  for (const text of ['', 'job_1,job_2', '{}', '[{"_id":"job_1"}]', '[{"_id":"job_1","status":"paid"}]'])
    expect(decodeOutcomes(text)).toEqual([]);
});
