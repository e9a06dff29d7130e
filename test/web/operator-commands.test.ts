import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { type OperatorFixture, openOperatorFixture, tile } from './helpers/operator-fixture';

let fixture: OperatorFixture;
beforeAll(async () => {
  fixture = await openOperatorFixture();
}, 60_000);
afterEach(() => fixture.clear());
afterAll(() => fixture?.close());

describe('commands', () => {
  /** A charge that can't be carried out, since its payload is gone. */
  async function failedCharge(): Promise<string> {
    const { token } = await fixture.world.user();
    await fixture.world.workers.stop();
    const options = { token, wait: null, body: { amount: 100 } };
    const { id } = (await fixture.world.client.command<Job>('post', '/v1/points/charges', options)).body;
    await fixture.world.context.models.commands.updateOne({ _id: id }, { payload: 'lost' });
    await fixture.world.workers.start();
    await until(
      'failed',
      async () => (await fixture.world.client.send('get', `/v1/jobs/${id}`, { token })).body.status === 'failed',
    );
    return id;
  }

  test('a failed one is shown with its reason; once mended, a retry carries it out', async () => {
    const id = await failedCharge();
    const page = await fixture.openCommands();
    const failed = page.getByRole('article', { name: id });
    await failed.getByText('payload that is not one of points.charge').waitFor();
    expect(await tile(page, 'Failed commands').textContent()).toBe('1');
    await fixture.world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 100 } });
    await failed.getByRole('button', { name: 'Retry' }).click();
    await failed.waitFor({ state: 'detached' });
    await until(
      'done',
      async () => (await fixture.world.context.models.commands.findById(id).lean())?.status === 'done',
    );
    await until('none is counted', async () => (await tile(page, 'Failed commands').textContent()) === '0');
    await page.getByRole('link', { name: 'Log' }).click();
    await page.getByText('job.retry').first().waitFor();
  });

  test('one that somebody else has retried is said to be', async () => {
    const id = await failedCharge();
    const page = await fixture.openCommands();
    const failed = page.getByRole('article', { name: id });
    await failed.waitFor();
    // The page has not read the list anew yet.
    await page.route('**/failed-jobs*', (route) => route.abort());
    await fixture.world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 100 } });
    await fixture.world.client.send('post', `/v1/admin/jobs/${id}/retry`, { token: fixture.admin });
    await failed.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('That command has been retried already.').waitFor();
  });

  test('commands per second, and every lane with what is before it', async () => {
    const page = await fixture.openCommands();
    const { token } = await fixture.world.user();
    const charge = () =>
      fixture.world.client.command('post', '/v1/points/charges', { token, wait: null, body: { amount: 1 } });
    await until('a rate', async () => {
      await charge();
      return /^(?!0\.0)[\d.,]+\/s$/.test((await tile(page, 'Commands per second').textContent()) ?? '');
    });
    const lanes = await page.locator('tbody th').allTextContents();
    expect(lanes).toEqual(['reservation-00', 'reservation-01', 'wallet-00', 'wallet-01']);
    await fixture.world.workers.stop();
    await charge();
    await until('one waits', async () => (await page.locator('tfoot td').first().textContent()) !== '0');
    await fixture.world.workers.start();
    await until('none waits', async () => (await page.locator('tfoot td').first().textContent()) === '0');
  });
});
