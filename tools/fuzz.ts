import { installSchemathesis, runSchemathesis } from './fuzz/schemathesis';
import { startFuzzedServer } from './fuzz/server';
import { runCommand } from './options';

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
  'ignored_auth',
];

const usage = `Usage: npm run fuzz [-- options of schemathesis]

Makes requests from the OpenAPI document, right and wrong ones, against a server of its own; whatever it answers must be what
the document says. Installs schemathesis into .frontrow/fuzz the first time, which needs Python 3.10 or newer. For example:

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
    const common = ['run', `${server.url}/openapi.json`, '--checks', checks.join(',')];
    const defaults = ['--max-examples', '50', '--no-color', ...options];
    const { token, queueToken } = server.user;
    const fan = [
      '-H',
      `Authorization: Bearer ${token}`,
      '-H',
      `Queue-Token: ${queueToken}`,
      '--exclude-tag',
      'Admin',
      '--exclude-path-regex',
      '/events$',
    ];
    const admin = ['-H', `Authorization: Bearer ${server.adminToken}`, '--include-tag', 'Admin'];
    for (const who of [fan, admin]) {
      const code = await runSchemathesis(program, server.ids, [...common, ...defaults, ...who]);
      process.exitCode ||= code;
    }
  } finally {
    await server.close();
  }
}

runCommand(main(process.argv.slice(2)));
