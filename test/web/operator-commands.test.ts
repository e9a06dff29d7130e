import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { openOperatorFixture, type Stage, tile } from './helpers/operator-fixture';

let stage: Stage;
beforeAll(async () => {
  stage = await openOperatorFixture();
}, 60_000);
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('commands', () => {
  /** A charge that can't be carried out, since its payload is gone. */
  async function failedCharge(): Promise<string> {
    const { token } = await stage.world.user();
    await stage.world.workers.stop();
    const options = { token, wait: null, body: { amount: 100 } };
    const { id } = (await stage.world.client.command<Job>('post', '/v1/points/charges', options)).body;
    await stage.world.context.models.commands.updateOne({ _id: id }, { payload: 'lost' });
    await stage.world.workers.start();
    await until(
      'failed',
      async () => (await stage.world.client.send('get', `/v1/jobs/${id}`, { token })).body.status === 'failed',
    );
    return id;
  }

  test('a failed one is shown with its reason; once mended, a retry carries it out', async () => {
    const id = await failedCharge();
    const page = await stage.openCommands();
    const failed = page.getByRole('article', { name: id });
    await failed.getByText('payload that is not one of points.charge').waitFor();
    expect(await tile(page, 'Failed commands').textContent()).toBe('1');
    await stage.world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 100 } });
    await failed.getByRole('button', { name: 'Retry' }).click();
    await failed.waitFor({ state: 'detached' });
    await until('done', async () => (await stage.world.context.models.commands.findById(id).lean())?.status === 'done');
    await until('none is counted', async () => (await tile(page, 'Failed commands').textContent()) === '0');
    await page.getByRole('link', { name: 'Log' }).click();
    await page.getByText('job.retry').first().waitFor();
  });

  test('one that somebody else has retried is said to be', async () => {
    const id = await failedCharge();
    const page = await stage.openCommands();
    const failed = page.getByRole('article', { name: id });
    await failed.waitFor();
    // The page has not read the list anew yet.
    await page.route('**/failed-jobs*', (route) => route.abort());
    await stage.world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 100 } });
    await stage.world.client.send('post', `/v1/admin/jobs/${id}/retry`, { token: stage.admin });
    await failed.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('That command has been retried already.').waitFor();
  });

  test('commands per second, and every lane with what is before it', async () => {
    const page = await stage.openCommands();
    const { token } = await stage.world.user();
    const charge = () =>
      stage.world.client.command('post', '/v1/points/charges', { token, wait: null, body: { amount: 1 } });
    await until('a rate', async () => {
      await charge();
      return /^(?!0\.0)[\d.,]+\/s$/.test((await tile(page, 'Commands per second').textContent()) ?? '');
    });
    const lanes = await page.locator('tbody th').allTextContents();
    expect(lanes).toEqual(['reservation-00', 'reservation-01', 'wallet-00', 'wallet-01']);
    await stage.world.workers.stop();
    await charge();
    await until('one waits', async () => (await page.locator('tfoot td').first().textContent()) !== '0');
    await stage.world.workers.start();
    await until('none waits', async () => (await page.locator('tfoot td').first().textContent()) === '0');
  });
});
