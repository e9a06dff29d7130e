import { runCommand } from '../options';
import { reconcileCommand } from './reconcile/reconcile-command';

// `npm run reconcile`: see `npm run reconcile -- --help`.
runCommand(reconcileCommand(process.argv.slice(2), process.env, console.log), { failed: 2 });
