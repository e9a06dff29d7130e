import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { projectRoot } from '../../../shared/platform/project-root';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium without a window. One per test file; a context per test. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || run('tools/test/chromium.mjs').trim();
  return chromium.launch({ executablePath, args: flags });
}

/** Builds the pages if their sources changed, as `npm test` does before. */
export function buildPages(): void {
  run('tools/pages.mjs');
}

function run(script: string): string {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return execFileSync(process.execPath, [join(projectRoot, script)], { encoding: 'utf8', stdio: [...stdio] });
}
