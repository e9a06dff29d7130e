import { runCommand } from '../options';
import { createProgress } from '../progress';
import { seedCommand } from './seed/seed-command';

// `npm run seed`: see `npm run seed -- --help`.
runCommand(seedCommand(process.argv.slice(2), process.env, console.log, (what, total) => createProgress(what, total)));
