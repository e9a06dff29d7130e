import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../../shared/platform/project-root';
import { openStores } from '../../../tools/stack/stores';
import { desktop, openTheatre, phone, type Theatre } from '../helpers/theatre';
import { pictures } from './pictures';
import { type Programme, setProgramme } from './programme';

const seoul = { timezoneId: 'Asia/Seoul' };

/** Where a picture is taken: name, and what the browser is told. */
const looks = {
  phone: { ...phone, ...seoul, deviceScaleFactor: 2 },
  'phone-dark': { ...phone, ...seoul, deviceScaleFactor: 2, colorScheme: 'dark' },
  'phone-ko': { ...phone, ...seoul, deviceScaleFactor: 2, locale: 'ko-KR' },
  desktop: { ...desktop, ...seoul },
  'desktop-dark': { ...desktop, ...seoul, colorScheme: 'dark' },
} as const;

type Look = keyof typeof looks;

/** A state of the page worth a picture. */
export interface Picture {
  name: string;
  looks: Look[];
  signedIn?: boolean;
  points?: number;
  /** The whole page, not only what is in sight. */
  fullPage?: boolean;
  /** Brings a page into the state. */
  show(page: Page, scene: { theatre: Theatre; programme: Programme }): Promise<void>;
  /** Puts back what the next picture must not see. */
  after?(scene: { theatre: Theatre; programme: Programme }): Promise<void> | void;
}

/** WebP as Chromium itself makes it: a fifth of a PNG. */
async function take(page: Page, file: string, fullPage: boolean): Promise<number> {
  // Fonts, and what fades in.
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(350);
  if (file.endsWith('.png')) return (await page.screenshot({ path: file, fullPage })).length;
  const session = await page.context().newCDPSession(page);
  const options = { format: 'webp', quality: 88, captureBeyondViewport: fullPage } as const;
  const size = fullPage ? await page.evaluate('document.documentElement.scrollHeight') : null;
  const width = page.viewportSize()?.width ?? 0;
  const clip = size ? { clip: { x: 0, y: 0, width, height: Number(size), scale: 1 } } : {};
  const { data } = await session.send('Page.captureScreenshot', { ...options, ...clip });
  const bytes = Buffer.from(data, 'base64');
  await writeFile(file, bytes);
  return bytes.length;
}

async function main(args: string[]): Promise<void> {
  const png = args.includes('--png');
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const stores = process.env.TEST_MONGODB_URI
    ? null
    : await openStores({ name: 'screenshots', log: (line) => process.stderr.write(`${line}\n`) });
  process.env.TEST_MONGODB_URI ??= stores?.mongod.uri;
  process.env.TEST_REDIS_URL ??= stores?.redis.uri;
  const all = join(projectRoot, '.frontrow/screenshots');
  await mkdir(all, { recursive: true });
  /** Those that the docs show are taken there. */
  const fileOf = (name: string) => {
    const shown = join(projectRoot, 'docs/screenshots', name);
    return existsSync(shown) ? shown : join(all, name);
  };
  const theatre = await openTheatre();
  try {
    const programme = await setProgramme(theatre.world);
    for (const picture of pictures)
      for (const look of picture.looks) {
        const name = `${picture.name}-${look}`;
        if (wanted.length > 0 && !wanted.some((one) => name.includes(one))) continue;
        const { signedIn, points } = picture;
        const { page, context } = await theatre.person({ ...looks[look], signedIn, points });
        await picture.show(page, { theatre, programme });
        const bytes = await take(page, fileOf(`${name}.${png ? 'png' : 'webp'}`), picture.fullPage ?? false);
        process.stdout.write(`${name} ${Math.round(bytes / 1000)} kB\n`);
        await context.close();
        await picture.after?.({ theatre, programme });
      }
  } finally {
    await theatre.close();
    await stores?.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
