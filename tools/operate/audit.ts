import { auditCommand } from './audit/audit-command';

// `npm run audit`: see `npm run audit -- --help`.
auditCommand(process.argv.slice(2), process.env, (line) => console.log(line)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  },
);
