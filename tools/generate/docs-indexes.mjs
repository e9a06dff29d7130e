/** `npm run docs:indexes`: writes docs/reference/indexes.md, from what the test of plans records and explains. */
import { prepare } from '../prepare/prepare.mjs';
import { runJest } from '../test/run-jest.mjs';

process.env.FRONTROW_WRITE_INDEXES = '1';
const { failed } = (await prepare({ build: false, pages: false })) ? await runJest(['/test/plans/']) : { failed: 1 };
process.exitCode = failed === 0 ? 0 : 1;
