import { runCommand } from '../options';
import { auditCommand } from './audit/audit-command';

// `npm run audit`: see `npm run audit -- --help`.
runCommand(auditCommand(process.argv.slice(2), process.env, console.log), { failed: 2 });
