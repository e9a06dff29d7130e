import { UsageError } from './options';
import { createProgress } from './progress';
import { simulateCommand } from './simulate/simulate-command';

// `npm run simulate`: see `npm run simulate -- --help`.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort('interrupted'));
simulateCommand(process.argv.slice(2), {
  env: process.env,
  print: console.log,
  progress: (what, total) => createProgress(what, total),
  stop,
}).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
