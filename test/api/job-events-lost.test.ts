import type { Job } from '../helpers/builders';
import { type Heard, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let heard: Heard | undefined;
beforeAll(async () => {
  world = await startWorld({ workers: false, settings: { STREAM_CHECK_MS: '200' } });
});
afterAll(async () => {
  heard?.close();
  await world?.close();
});

test('an outcome that no message told of is told all the same, once', async () => {
  const { token } = await world.user();
  const stream = await listen(`${world.url}/v1/jobs/events`, { token });
  heard = stream;
  const charge = async () => {
    const options = { token, wait: null, body: { amount: 5 } };
    return (await world.client.command<Job>('post', '/v1/points/charges', options)).body.id;
  };
  // As a worker that is killed between commit and publishing leaves it.
  const end = (id: string) =>
    world.context.models.commands.updateOne({ _id: id }, { status: 'done', finishedAt: new Date(world.clock.now()) });
  const ids = [await charge(), await charge()];
  for (const id of ids) {
    await end(id);
    await until('told', () => stream.received<Job>('job').some((job) => job.id === id));
  }
  expect(stream.received<Job>('job').map(({ id }) => id)).toEqual(ids);
});
