import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { projectRoot } from '../../../shared/platform/project-root';
import { adminPassword } from '../../helpers/test-config';

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
};
export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 860 } };

export interface OperatorPage {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of, refused requests of its own tests aside. */
  complaints: string[];
}

/** A browser of its own storage at the operator's page. */
export async function openOperator(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = desktop,
): Promise<OperatorPage> {
  const context = await browser.newContext({ locale: 'en', baseURL: url, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto('/operator');
  return { page, context, complaints };
}

/** Signs in with the keyboard alone. */
export async function signInAsAdmin(page: Page, password = adminPassword): Promise<void> {
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
}

interface Finding {
  rule: string;
  impact: string | null | undefined;
  where: string[];
}

/** What axe-core finds serious or critical, in the page as it is now. */
export async function seriousViolations(page: Page): Promise<Finding[]> {
  // Not as a script of the page, which its content security policy would refuse.
  await page.evaluate(`${axe.source}; undefined`);
  const { violations } = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({ rule: id, impact, where: nodes.map(({ html }) => html) }));
}

/** Keeps a picture in .frontrow/screenshots, if SCREENSHOTS is `all` or has the beginning of its name among those it lists. */
export async function shot(page: Page, name: string, fullPage = true): Promise<void> {
  const wanted = (process.env.SCREENSHOTS ?? '').split(',').filter(Boolean);
  if (!wanted.some((one) => one === 'all' || name.startsWith(one))) return;
  const path = join(projectRoot, '.frontrow', 'screenshots', `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', fullPage });
}
