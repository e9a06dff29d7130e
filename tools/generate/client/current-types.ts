import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openApiDocument } from '../../../api/openapi/document';
import { allRoutes } from '../../../api/routes';
import { loadConfig } from '../../../shared/platform/config';
import { projectRoot } from '../../../shared/platform/project-root';
import { type ApiDocument, emitTypes } from './emit-types';

export const typesFolder = join(projectRoot, 'client/src');

/** What the routes of now make of the client's types, by file in that folder, formatted as everything else is. */
export function currentTypes(): Map<string, string> {
  const secret = 'never used to sign anything at all';
  const config = loadConfig({
    MONGODB_URI: 'mongodb://none/none',
    REDIS_URL: 'redis://none',
    JWT_SECRET: secret,
    QUEUE_TOKEN_SECRET: secret,
    ADMIN_PASSWORD: secret,
    SIGN_IN: 'true',
  });
  const files = emitTypes(openApiDocument(allRoutes(config), config) as ApiDocument);
  return new Map(Array.from(files, ([file, source]) => [file, format(file, source)]));
}

function format(file: string, source: string): string {
  const biome = join(projectRoot, 'node_modules/@biomejs/biome/bin/biome');
  const options = { cwd: projectRoot, input: source, encoding: 'utf8' as const };
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [biome, 'check', '--write', `--stdin-file-path=${join(typesFolder, file)}`],
    options,
  );
  if (status !== 0) throw new Error(`the types were not formatted: ${stderr}`);
  return stdout;
}
