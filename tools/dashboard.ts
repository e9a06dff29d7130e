import { dashboardCommand } from './dashboard/dashboard-command';
import { UsageError } from './options';
import { createProgress } from './progress';

// `npm run dashboard`: see `npm run dashboard -- --help`.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort('interrupted'));
dashboardCommand(process.argv.slice(2), { print: console.log, progress: createProgress, stop }).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
