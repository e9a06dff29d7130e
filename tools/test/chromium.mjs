import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** A Chromium or Chrome: CHROMIUM_PATH, else on the PATH. */
function findChromium() {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const all = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...all, mac].find(isExecutable);
}

/**
 * Finds one, or installs Debian's where that is possible: on Debian and Ubuntu, as root.
 * @returns its path; if there is none, what to do about it has been printed
 */
export function provideChromium() {
  const found = findChromium();
  if (found) return found;
  const canInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  const installed = canInstall && install();
  if (installed) return installed;
  const tried = canInstall
    ? 'apt-get could not install it'
    : 'it is only installed by itself as root on Debian or Ubuntu';
  console.error(
    `The tests of the pages need Chromium, and ${tried}. Install it (apt install chromium), or name one: CHROMIUM_PATH=…`,
  );
  return undefined;
}

function install() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  console.error('> Installing Chromium for the tests of the pages (apt-get) ...');
  const wanted = ['install', '-y', '--no-install-recommends', 'chromium'];
  // The lists of a fresh machine are empty.
  const good = run(...wanted) || (run('update') && run(...wanted));
  return good ? findChromium() : undefined;
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
  const path = provideChromium();
  if (path) console.log(path);
  else process.exitCode = 1;
}
