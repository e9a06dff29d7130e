import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { TestConcert } from '../../helpers/builders';
import { startWorld, type World } from '../../helpers/world';
import { buildPages, launchBrowser } from './browser';
import { type OperatorPage, openOperator, signInAsAdmin } from './operator';

/** A world and a browser, for tests of the operator's page. */
export interface OperatorFixture {
  world: World;
  browser: Browser;
  /** Bearer token. */
  admin: string;
  open(options?: BrowserContextOptions): Promise<OperatorPage>;
  /** Signed in, at the page of a concert. */
  openConcert(concert: TestConcert): Promise<Page>;
  /** Signed in, at the page of commands. */
  openCommands(): Promise<Page>;
  /** As the API has them. */
  settings(concert: TestConcert): Promise<Record<string, unknown>>;
  /** Closes what was opened. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openOperatorFixture(settings: Record<string, string> = {}): Promise<OperatorFixture> {
  buildPages();
  const world = await startWorld({ settings: { MAX_ATTEMPTS: '2', SWEEP_MS: '100', ...settings } });
  const browser = await launchBrowser();
  const { token: admin } = await world.admin();
  const opened: OperatorPage[] = [];

  async function open(options?: BrowserContextOptions): Promise<OperatorPage> {
    const operator = await openOperator(browser, world.url, options);
    opened.push(operator);
    return operator;
  }

  async function openSales(): Promise<Page> {
    const { page } = await open();
    await signInAsAdmin(page);
    await page.getByRole('heading', { name: 'Sales' }).waitFor();
    return page;
  }

  return {
    ...{ world, browser, admin, open },
    async openConcert({ concertId }) {
      const page = await openSales();
      await page.locator(`a[href="/operator/concerts/${concertId}"]`).click();
      await page.getByRole('heading', { name: 'Waiting room' }).waitFor();
      return page;
    },
    async openCommands() {
      const page = await openSales();
      await page.getByRole('link', { name: 'Commands', exact: true }).click();
      return page;
    },
    async settings({ concertId }) {
      const path = `/v1/admin/concerts/${concertId}/waiting-room`;
      const { body } = await world.client.send<{ settings: Record<string, unknown> }>('get', path, { token: admin });
      return body.settings;
    },
    async clear() {
      for (const { context } of opened.splice(0)) await context.close();
    },
    async close() {
      await browser.close();
      await world.close();
    },
  };
}

/** The number of the tile with this label. */
export const tile = (page: Page, label: string) =>
  page
    .locator('.tile')
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator('.tile-value');

export const isFocused = (page: Page, selector: string) =>
  page.evaluate(`document.activeElement?.matches('${selector}')`);
