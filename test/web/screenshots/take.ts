import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../../shared/platform/project-root';
import { openStores } from '../../../tools/stack/stores';
import { openFixture } from '../helpers/fixture';
import { looks, pictures } from './pictures';
import { setProgramme } from './programme';

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
  const fixture = await openFixture();
  try {
    const programme = await setProgramme(fixture.world);
    for (const picture of pictures)
      for (const look of picture.looks) {
        const name = `${picture.name}-${look}`;
        if (wanted.length > 0 && !wanted.some((one) => name.includes(one))) continue;
        const { signedIn, points } = picture;
        const { page, context } = await fixture.user({ ...looks[look], signedIn, points });
        await picture.show(page, { fixture, programme });
        const bytes = await take(page, fileOf(`${name}.${png ? 'png' : 'webp'}`), picture.fullPage ?? false);
        process.stdout.write(`${name} ${Math.round(bytes / 1000)} kB\n`);
        await context.close();
        await picture.after?.({ fixture, programme });
      }
  } finally {
    await fixture.close();
    await stores?.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
