import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { installPythonTool } from '../python-tool';
import type { FuzzedServer } from './server';

const version = '4.32.5';
const name = 'schemathesis';
/** It keeps notes of its runs in the folder that it is started in. */
export const schemathesisFolder = join(projectRoot, '.frontrow', name);

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

/** What is too large is refused for that, whatever else is wrong with it. */
const refusals = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 431];

/** Makes sure of the fuzzer. @returns its program */
export async function installSchemathesis(log: (line: string) => void): Promise<string> {
  return join(await installPythonTool(name, version, log), name);
}

/**
 * The arguments of its two runs, as a user and as an admin. Real values of path parameters are used in two requests of
 * three, so that most get beyond 404. Streams have no end to wait for: the suite has tests of their own.
 */
export async function schemathesisRuns(server: FuzzedServer, options: string[]): Promise<string[][]> {
  const settings = Object.entries(server.ids).flatMap(([parameter, id]) => [
    `[dictionaries.${parameter}]`,
    `values = ["${id}"]`,
    `[parameters.${parameter}]`,
    `dictionary = "${parameter}"`,
    'probability = 0.66',
  ]);
  settings.push('[checks.negative_data_rejection]', `expected-statuses = [${refusals}]`);
  const file = join(schemathesisFolder, 'schemathesis.toml');
  await writeFile(file, settings.join('\n'));
  const { token, queueToken } = server.user;
  const user = ['-H', `Authorization: Bearer ${token}`, '-H', `Queue-Token: ${queueToken}`];
  const admin = ['-H', `Authorization: Bearer ${server.adminToken}`, '--include-tag', 'Admin'];
  const common = [
    '--config-file',
    file,
    'run',
    `${server.url}/openapi.json`,
    '--checks',
    checks.join(','),
    '--no-color',
  ];
  return [
    [...common, ...options, ...user, '--exclude-tag', 'Admin', '--exclude-path-regex', '/events$'],
    [...common, ...options, ...admin],
  ];
}
