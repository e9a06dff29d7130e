import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type NetworkProxy, openProxy } from '../../../tools/stack/proxy';
import type { TestConcert } from '../../helpers/builders';
import { startWorld, type World, type WorldOptions } from '../../helpers/world';
import { buildPages, launchBrowser } from './browser';

/** Somebody with a browser of their own: another person's storage is not theirs. */
interface User {
  name: string;
  context: BrowserContext;
  page: Page;
  /** Another tab of the same browser. */
  tab(): Promise<Page>;
}

interface UserOptions extends BrowserContextOptions {
  /** Signed in before the first page; true by default. */
  signedIn?: boolean;
  /** Of a user that there is already, who has this other device. Somebody new by default. */
  name?: string;
  points?: number;
}

/** A world, a browser, and people in it. */
export interface Fixture {
  world: World;
  browser: Browser;
  /** Between the browsers and the API. */
  network: NetworkProxy;
  user(options?: UserOptions): Promise<User>;
  /** What no test may bring about: errors of scripts, violations of the policy, tokens in addresses. Empty when read. */
  unexpectedErrors(): string[];
  /** Addresses of everything that was asked for since the start. */
  addresses: ReadonlySet<string>;
  close(): Promise<void>;
}

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const desktop = { viewport: { width: 1280, height: 800 } } as const;

/** ms that anything on a page may take, and a whole test: browsers need the machine that other tests run on. */
const patienceMs = 20_000;
const testMs = 90_000;
if (typeof jest !== 'undefined') jest.setTimeout(testMs);

export async function openFixture(options: WorldOptions = {}): Promise<Fixture> {
  buildPages();
  const world = await startWorld({ ...options, settings: { ADMIT_MS: '50', ...options.settings } });
  const network = await openProxy(() => Number(new URL(world.url).port));
  const url = `http://127.0.0.1:${network.port}`;
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await network.close();
    await world.close();
    throw error;
  });
  let unexpectedErrors: string[] = [];
  const addresses = new Set<string>();
  const contexts: BrowserContext[] = [];

  function watch(page: Page): Page {
    page.on('pageerror', (error) => unexpectedErrors.push(`error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      // The browser's own lines about answers such as 409 are no mishaps.
      if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
        unexpectedErrors.push(message.text());
    });
    page.on('request', (request) => addresses.add(request.url()));
    page.on('framenavigated', (frame) => addresses.add(frame.url()));
    return page;
  }

  async function user({ signedIn = true, name = newName(), points = 0, ...context }: UserOptions = {}): Promise<User> {
    const own = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', baseURL: url, ...context });
    contexts.push(own);
    own.setDefaultTimeout(patienceMs);
    own.on('page', watch);
    if (signedIn) await signIn(world, own, url, name, points);
    const page = await own.newPage();
    return { name, context: own, page, tab: () => own.newPage() };
  }

  return {
    world,
    browser,
    network,
    user,
    addresses,
    unexpectedErrors() {
      const found = unexpectedErrors;
      unexpectedErrors = [];
      return found;
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
      await network.close();
      await world.close();
    },
  };
}

const newName = () => `Fan ${randomBytes(4).toString('hex')}`;

/** The session as the page keeps it, from the first page on. */
async function signIn(
  { client }: World,
  context: BrowserContext,
  url: string,
  name: string,
  points: number,
): Promise<void> {
  const { body } = await client.send<{ token: string; userId: string }>('post', '/v1/sign-in', { body: { name } });
  if (points > 0) await client.command('post', '/v1/points/charges', { token: body.token, body: { amount: points } });
  const value = JSON.stringify({ ...body, name });
  await context.setStorageState({
    cookies: [],
    origins: [{ origin: url, localStorage: [{ name: 'frontrow.session', value }] }],
  });
}

/** While it works nothing is carried out. Workers run again afterwards: a test that fails takes no others along. */
export async function withoutWorkers({ world }: Fixture, work: () => Promise<void>): Promise<void> {
  await world.workers.stop();
  try {
    await work();
  } finally {
    await world.workers.start();
  }
}

/** Where a concert's first date is chosen. */
export function pathsOf({ concertId, performanceId }: TestConcert) {
  return {
    concert: `/concerts/${concertId}`,
    line: `/concerts/${concertId}/line/${performanceId}`,
    seats: `/concerts/${concertId}/seats/${performanceId}`,
  };
}

/** The box of a seat on the map: section A, row 1. */
export function seat(page: Page, number: number, section = 'A') {
  return page.getByRole('checkbox', { name: new RegExp(`Section ${section}, row 1, seat ${number},`) });
}

/** What the browser does when the lid is opened, the network is back, or somebody looks at the page again. */
export function wake(page: Page): Promise<void> {
  return page.evaluate("window.dispatchEvent(new Event('online'))");
}

/** Holds these seats of row 1 by clicks, and arrives where they are paid. @returns the hold's id */
export async function holdByClicks(page: Page, concert: TestConcert, numbers: readonly number[]): Promise<string> {
  await page.goto(pathsOf(concert).seats);
  for (const number of numbers) await seat(page, number).click();
  await page.getByRole('button', { name: /^Hold \d seat/ }).click();
  await page.getByRole('heading', { name: 'Your seats are held' }).waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}
