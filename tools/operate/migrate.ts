import { runCommand } from '../options';
import { migrateCommand } from './migrate/migrate-command';

// `npm run migrate`: see `npm run migrate -- --help`.
runCommand(migrateCommand(process.argv.slice(2), process.env, console.log));
