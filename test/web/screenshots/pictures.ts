import type { Page } from 'playwright-core';
import type { TestConcert } from '../../helpers/builders';
import { until } from '../../helpers/until';
import { desktop, type Fixture, pathsOf, phone, wake } from '../helpers/fixture';
import type { Programme } from './programme';

const seoul = { timezoneId: 'Asia/Seoul' };

/** Where a picture is taken: name, and how the browser is set up. */
export const looks = {
  phone: { ...phone, ...seoul, deviceScaleFactor: 2 },
  'phone-dark': { ...phone, ...seoul, deviceScaleFactor: 2, colorScheme: 'dark' },
  'phone-ko': { ...phone, ...seoul, deviceScaleFactor: 2, locale: 'ko-KR' },
  desktop: { ...desktop, ...seoul },
  'desktop-dark': { ...desktop, ...seoul, colorScheme: 'dark' },
} as const;

type Look = keyof typeof looks;

/** A state of the page worth a picture. */
interface Picture {
  name: string;
  looks: Look[];
  signedIn?: boolean;
  points?: number;
  /** The whole page, not only what is in sight. */
  fullPage?: boolean;
  /** Brings a page into the state. */
  show(page: Page, scene: { fixture: Fixture; programme: Programme }): Promise<void>;
  /** Puts back what the next picture must not see. */
  after?(scene: { fixture: Fixture; programme: Programme }): Promise<void> | void;
}

const free = (page: Page) => page.locator('.hall .seat.available');

/** Chooses the first free seats of the map, next to each other where they are. */
async function choose(page: Page, concert: TestConcert, count: number): Promise<void> {
  await page.goto(pathsOf(concert).seats);
  await page.locator('.pulse.is-live').waitFor();
  for (let i = 0; i < count; i += 1) await free(page).nth(2).dispatchEvent('keydown', { key: ' ' });
}

async function hold(page: Page, concert: TestConcert, count = 2): Promise<void> {
  await choose(page, concert, count);
  await page.locator('.choice-bar .button').click();
  await page.getByRole('timer').waitFor();
  await page.locator('.facts .total').waitFor();
  await until('the seats are named', async () =>
    /[0-9]/.test((await page.locator('.facts dd').first().textContent()) ?? ''),
  );
}

async function pay(page: Page, concert: TestConcert): Promise<void> {
  await hold(page, concert);
  await page.locator('.button.main.wide').click();
  await page.locator('.qr path').waitFor();
}

/** The states of the booking page, in the order in which a user meets them. */
export const pictures: Picture[] = [
  {
    name: 'concerts',
    looks: ['phone', 'desktop', 'desktop-dark'],
    async show(page) {
      await page.goto('/');
      await page.locator('.concert-card').nth(3).waitFor();
    },
  },
  {
    name: 'dates',
    looks: ['phone', 'desktop'],
    async show(page, { programme }) {
      await page.goto(pathsOf(programme.lanterns).concert);
      await page.locator('.date-card').nth(2).waitFor();
    },
  },
  {
    name: 'sign-in',
    looks: ['phone'],
    signedIn: false,
    async show(page) {
      await page.goto('/sign-in');
      await page.getByRole('textbox').fill('Mina');
    },
  },
  {
    name: 'before-opening',
    looks: ['phone'],
    async show(page, { programme }) {
      await page.goto(pathsOf(programme.later).line);
      await page.getByRole('timer').waitFor();
    },
  },
  {
    name: 'line',
    looks: ['phone', 'phone-ko', 'desktop', 'desktop-dark'],
    async show(page, { fixture: { world }, programme: { queued, ahead } }) {
      await page.goto(pathsOf(queued).line);
      await page.getByRole('progressbar').waitFor();
      const before = Number(await page.locator('.position-number').textContent());
      const moves = ahead.splice(0, 6);
      for (const fan of moves) {
        world.clock.offsetMs += 9000;
        await world.client.send('delete', `/v1/concerts/${queued.concertId}/queue-token`, fan);
      }
      const place = page.locator('.position-number');
      await until('it has moved', async () => Number(await place.textContent()) <= before - moves.length);
      await until('there is an estimate', async () => /\d/.test((await page.locator('.facts dd').textContent()) ?? ''));
      await wake(page);
    },
  },
  {
    name: 'line-paused',
    looks: ['phone'],
    async show(page, { fixture: { world }, programme: { queued } }) {
      const path = `/v1/admin/concerts/${queued.concertId}/waiting-room/pause`;
      await world.client.send('post', path, await world.admin());
      await page.goto(pathsOf(queued).line);
      await page.locator('.notice.warn').waitFor();
    },
    async after({ fixture: { world }, programme: { queued } }) {
      const path = `/v1/admin/concerts/${queued.concertId}/waiting-room/resume`;
      await world.client.send('post', path, await world.admin());
    },
  },
  {
    name: 'seats',
    looks: ['phone', 'phone-dark', 'phone-ko', 'desktop', 'desktop-dark'],
    show: (page, { programme }) => choose(page, programme.lanterns, 2),
  },
  {
    name: 'hall',
    looks: ['phone', 'desktop'],
    show: (page, { programme }) => choose(page, programme.arena, 0),
  },
  {
    name: 'seat-taken',
    looks: ['phone'],
    async show(page, { fixture: { world }, programme: { lanterns } }) {
      await choose(page, lanterns, 2);
      const rival = await world.fan(lanterns);
      const id = (await page.locator('.hall .seat.chosen').first().getAttribute('data-seat')) ?? '';
      await world.hold(rival, lanterns, [id]);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'hold',
    looks: ['phone', 'desktop', 'phone-dark'],
    points: 20_000,
    show: (page, { programme }) => hold(page, programme.arena, 1),
  },
  {
    name: 'points-short',
    looks: ['phone'],
    points: 500,
    async show(page, { programme }) {
      await hold(page, programme.lanterns);
      await page.locator('.notice.warn').waitFor();
    },
  },
  {
    name: 'hold-last-seconds',
    looks: ['phone'],
    points: 20_000,
    async show(page, { fixture: { world }, programme }) {
      await hold(page, programme.lanterns, 1);
      world.clock.offsetMs += 276_000;
      await until('urgent', async () => {
        await wake(page);
        return page.locator('.is-urgent').isVisible();
      });
    },
  },
  {
    name: 'hold-over',
    looks: ['phone'],
    points: 20_000,
    async show(page, { fixture: { world }, programme }) {
      await hold(page, programme.lanterns, 1);
      world.clock.offsetMs += 301_000;
      await until('over', async () => {
        await wake(page);
        return page.locator('.notice.warn').isVisible();
      });
    },
  },
  {
    name: 'ticket',
    looks: ['phone', 'desktop', 'phone-ko'],
    points: 50_000,
    fullPage: true,
    show: (page, { programme }) => pay(page, programme.arena),
  },
  {
    name: 'tickets',
    looks: ['phone'],
    points: 50_000,
    async show(page, { programme }) {
      await pay(page, programme.arena);
      await pay(page, programme.lanterns);
      await page.goto('/reservations');
      await page.locator('.ticket-card').nth(1).waitFor();
      await until('named', async () => !(await page.locator('.ticket-card').allTextContents()).join().includes('…'));
    },
  },
  {
    name: 'points',
    looks: ['phone', 'desktop-dark'],
    points: 50_000,
    async show(page, { programme }) {
      await pay(page, programme.arena);
      await page.goto('/points');
      await page.locator('.ledger li').nth(1).waitFor();
    },
  },
  {
    name: 'server-away',
    looks: ['phone'],
    async show(page, { fixture: { network }, programme }) {
      await choose(page, programme.lanterns, 2);
      network.cut();
      await page.locator('.away').waitFor();
    },
    after: ({ fixture: { network } }) => network.heal(),
  },
  {
    name: 'session-over',
    looks: ['phone'],
    async show(page, { programme }) {
      await choose(page, programme.lanterns, 1);
      await page.route('**/holds', (route) =>
        route.fulfill({ status: 401, json: { code: 'UNAUTHENTICATED', status: 401 } }),
      );
      await page.locator('.choice-bar .button').click();
      await page.locator('.above').waitFor();
      await page.evaluate('scrollTo(0, 0)');
    },
  },
];
