import type { Browser } from 'playwright-core';
import { startWorld, type World } from '../helpers/world';
import { buildPages, launchBrowser } from './helpers/browser';

let world: World;
let browser: Browser;
beforeAll(async () => {
  buildPages();
  world = await startWorld({ workers: false });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

test('opens', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('console', (m) => errors.push(m.text()));
  await page.goto(world.url);
  await page.getByRole('heading', { name: 'Concerts' }).waitFor();
  expect(errors).toEqual([]);
});
