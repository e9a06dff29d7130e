import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { installSchemathesis, schemathesisFolder, schemathesisRuns } from './fuzz/schemathesis';
import { startFuzzedServer } from './fuzz/server';
import { runCommand } from './options';

const usage = `Usage: npm run fuzz [-- options of schemathesis]

Makes requests from the OpenAPI document, right and wrong ones, against a server of its own; whatever it answers must be what
the document says. Installs schemathesis into .frontrow/schemathesis the first time, which needs Python 3.10 or newer. For
example:

  npm run fuzz -- --max-examples 200

Exit status: 0 all answers are as documented, 1 not so, or it could not be done.`;

/**
 * `npm run fuzz [-- options of schemathesis]`: requests made from the OpenAPI document, right and wrong ones, against a
 * running server; whatever it answers must be what the document says. Exit status 1 if something was not.
 */
async function main(options: string[]): Promise<void> {
  if (options.includes('--help')) return console.log(usage);
  const log = (line: string) => console.log(line);
  const program = await installSchemathesis(log);
  const server = await startFuzzedServer(log);
  try {
    for (const args of await schemathesisRuns(server, ['--max-examples', '50', ...options])) {
      const child = spawn(program, args, { cwd: schemathesisFolder, stdio: ['ignore', 'inherit', 'inherit'] });
      const [code] = await once(child, 'exit');
      process.exitCode ||= code ?? 1;
    }
  } finally {
    await server.close();
  }
}

runCommand(main(process.argv.slice(2)));
