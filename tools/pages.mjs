/** `npm run pages`: builds the pages, if they changed. A server reads them when it starts. */
import { requireNode } from './prepare/node-version.mjs';

requireNode();
const { prepare } = await import('./prepare/prepare.mjs');
process.exitCode = (await prepare({ pages: true })) ? 0 : 1;
