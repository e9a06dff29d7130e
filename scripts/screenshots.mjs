/** `npm run screenshots`: takes the pictures of docs/screenshots/ of the fan's page anew. With names, only those. */
import { endWithNpm } from './prepare/end-with-npm.mjs';
import { requireNode } from './prepare/node-version.mjs';

requireNode();
endWithNpm();
const { prepare } = await import('./prepare/prepare.mjs');
const { runShown } = await import('./prepare/step.mjs');
const { provideChromium } = await import('./test/chromium.mjs');
const CHROMIUM_PATH = (await prepare({ pages: true })) && provideChromium();
const command = ['--require', './test/helpers/register-swc.cjs', 'test/web/screenshots/take.ts'];
const options = { env: { ...process.env, CHROMIUM_PATH: CHROMIUM_PATH || '' } };
const good = CHROMIUM_PATH && (await runShown(process.execPath, [...command, ...process.argv.slice(2)], options));
process.exitCode = good ? 0 : 1;
