import type { Queue } from 'bullmq';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Job } from '../helpers/builders';
import { adminPassword } from '../helpers/test-config';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { buildPages, launchBrowser } from './helpers/browser';
import { desktop, shot, signInAsAdmin } from './helpers/operator';

let world: World;
let browser: Browser;
const opened: BrowserContext[] = [];
beforeAll(async () => {
  buildPages();
  const lanes = { RESERVATION_LANES: '8', WALLET_LANES: '8' };
  world = await startWorld({ settings: { ...lanes, MAX_ATTEMPTS: '2', SWEEP_MS: '100' } });
  browser = await launchBrowser();
}, 60_000);
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** A browser that answers the question for a name and a password so. */
async function open(password: string | null = adminPassword): Promise<{ page: Page; complaints: string[] }> {
  const httpCredentials = password === null ? undefined : { username: 'admin', password };
  const context = await browser.newContext({ locale: 'en', baseURL: world.url, ...desktop, httpCredentials });
  opened.push(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  // Nobody else is asked for anything.
  page.on('response', (answer) => answer.url().startsWith(world.url) || complaints.push(answer.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** A charge that fails for good, since its payload is gone. */
async function failedCharge(): Promise<{ id: string; lane: string }> {
  const { token } = await world.user();
  await world.workers.stop();
  const options = { token, wait: null, body: { amount: 100 } };
  const { id } = (await world.client.command<Job>('post', '/v1/points/charges', options)).body;
  await world.context.models.commands.updateOne({ _id: id }, { payload: 'lost' });
  await world.workers.start();
  const command = () => world.context.models.commands.findById(id).lean();
  await until('failed', async () => (await command())?.status === 'failed');
  return { id, lane: (await command())?.lane ?? '' };
}

test('nobody sees it without the password', async () => {
  for (const password of [null, 'not the password']) {
    const { page } = await open(password);
    const asked: number[] = [];
    page.on('response', (answer) => asked.push(answer.status()));
    // Without a window nobody can be asked, so Chromium shows the answer to some and an error to others.
    const refused = await page.goto('/board').then((answer) => answer?.status(), String);
    expect(String(refused)).toMatch(/^401$|ERR_INVALID_AUTH_CREDENTIALS/);
    expect(asked).not.toContain(200);
  }
});

/** Whatever can be clicked that is no link, by its words. */
async function buttons(page: Page): Promise<string[]> {
  const all = page.locator('button, [role=menuitem], input[type=submit]');
  return all.evaluateAll((found) => found.map((one) => `${one.textContent} ${one.getAttribute('title') ?? ''}`.trim()));
}

/** Some jobs that are due later. */
async function announceHolds(queue: Queue, number: number): Promise<void> {
  const jobs = Array.from({ length: (number * 7) % 12 }, (_, i) => ({
    name: 'hold.expire',
    data: {},
    opts: { delay: 3_600_000, jobId: `job_${i}` },
  }));
  await queue.addBulk(jobs);
}

const changing = /retry|promote|clean|remove|delete|pause|resume|empty|obliterate|drain|add|duplicate|update|limit/i;

test('lanes are grouped, and there is no button that changes anything', async () => {
  await Promise.all(Array.from(world.context.queues.values(), announceHolds));
  const { page, complaints } = await open();
  await page.goto('/board');
  for (const kind of ['reservation', 'wallet']) {
    const group = page.locator(`#overview-group-${kind}`);
    await group.getByText(`${kind} lane 07`).waitFor();
    expect(await group.getByText(/lane \d\d/).allTextContents()).toEqual(
      Array.from({ length: 8 }, (_, number) => `${kind} lane 0${number}`),
    );
  }
  await shot(page, 'board-overview');
  for (const menu of await page.locator('[aria-haspopup=menu]').all()) await menu.click();
  expect((await buttons(page)).filter((words) => changing.test(words))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a failed command shows its reason; the way to its retry leads through the product, which keeps a line of it', async () => {
  const { id, lane } = await failedCharge();
  const { page, complaints } = await open();
  await page.goto(`/board/queue/${lane}?status=failed`);
  await page.getByText('payload that is not one of points.charge').waitFor();
  await shot(page, 'board-failed');
  expect(await page.textContent('main')).not.toContain('tickets.ts');
  expect((await buttons(page)).filter((words) => changing.test(words))).toEqual([]);

  await world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 100 } });
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Operator page: retry' }).click();
  const operator = await opening;
  await signInAsAdmin(operator);
  await operator.getByRole('article', { name: id }).getByRole('button', { name: 'Retry' }).click();
  const status = async () => (await world.context.models.commands.findById(id).lean())?.status;
  await until('done', async () => (await status()) === 'done');
  const { token } = await world.admin();
  const { body } = await world.client.send<{ items: object[] }>('get', '/v1/admin/actions', { token });
  expect(body.items[0]).toMatchObject({ action: 'job.retry', target: id });
  await page.reload();
  await page.getByText('wallet lane').first().waitFor();
  await page.getByText(id).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

test('what a job carries is hidden, in the list and on its own page', async () => {
  const queue = world.context.queues.get('reservation-03');
  const job: object = { queueToken: 'qt_secret', card: { number: 'secret-4242' } };
  await queue?.add('hold.place', job, { jobId: 'job_delayed', delay: 3_600_000 });
  const { page } = await open();
  for (const path of ['?status=delayed', '/job_delayed']) {
    await page.goto(`/board/queue/reservation-03${path}`);
    await page.getByText('[hidden]').first().waitFor();
    expect(await page.content()).not.toMatch(/qt_secret|secret-4242/);
  }
  await shot(page, 'board-hidden');
  await queue?.remove('job_delayed');
});

test('a page that is left open for a minute asks six times, for a few kilobytes, with all sixteen lanes', async () => {
  const { page } = await open();
  await page.clock.install();
  const answers: number[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/api/')) return;
    // The last answer may come when the page is closed already.
    response.body().then(
      (body) => answers.push(body.length),
      () => {},
    );
  });
  await page.goto('/board');
  await page.getByText('wallet lane 07').waitFor();
  await until('asked', () => answers.length > 0);
  answers.length = 0;
  for (let tens = 0; tens < 6; tens += 1) {
    const before = answers.length;
    await page.clock.runFor(10_000);
    // The answer takes real time, and the next question waits for it.
    await until('asked again', () => answers.length > before);
  }
  expect(answers.length).toBeGreaterThanOrEqual(6);
  expect(answers.length).toBeLessThanOrEqual(7);
  expect(Math.max(...answers)).toBeLessThan(16 * 1024);
});
