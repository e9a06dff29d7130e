import { runCommand } from './options';
import { createProgress } from './progress';
import { simulateCommand } from './simulate/simulate-command';

// `npm run simulate`: see `npm run simulate -- --help`.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort('interrupted'));
const progress = (what: string, total: number) => createProgress(what, total);
runCommand(simulateCommand(process.argv.slice(2), { env: process.env, print: console.log, progress, stop }));
