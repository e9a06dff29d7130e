import { UsageError } from '../options';
import { createProgress } from '../progress';
import { seedCommand } from './seed/seed-command';

// `npm run seed`: see `npm run seed -- --help`.
seedCommand(process.argv.slice(2), process.env, console.log, (what, total) => createProgress(what, total)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
