import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { projectRoot } from '../../shared/platform/project-root';

const run = promisify(execFile);
const pictureMs = 60_000;

/** A picture of a page of this size (px) by Chromium, found as the tests of the pages find theirs. */
export async function takePicture(page: string, picture: string, width: number, height: number): Promise<void> {
  const finder = join(projectRoot, 'tools/test/chromium.mjs');
  const { stdout } = await run(process.execPath, [finder]);
  const profile = await mkdtemp(join(tmpdir(), 'frontrow-chromium-'));
  const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'];
  const what = [`--window-size=${width},${height}`, `--screenshot=${picture}`, pathToFileURL(page).href];
  try {
    await mkdir(dirname(picture), { recursive: true });
    await run(stdout.trim(), [...quiet, `--user-data-dir=${profile}`, ...what], { timeout: pictureMs });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
