import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { installSchemathesis, schemathesisRuns } from '../fuzz/schemathesis';
import type { FuzzedServer } from '../fuzz/server';
import { installPythonTool } from '../python-tool';
import { runTool } from './run-tool';

/** A tool that others have written, and that reads the document. */
export interface Check {
  name: string;
  /** Fetches and installs what it takes. @throws Error saying what is missing */
  prepare(log: (line: string) => void): Promise<unknown>;
  /** @throws Error with what was found */
  run(server: FuzzedServer, document: string, limitMs: number): Promise<void>;
}

const installMs = 180_000;

const redocly = '@redocly/cli@2.77.0';
const spectral = '@stoplight/spectral-cli@6.16.3';
const pythonClient = { name: 'openapi-python-client', version: '0.29.1' };
const ours = (file: string) => join(projectRoot, 'tools/contract', file);

export const checks: Check[] = [
  {
    name: 'redocly',
    prepare: () => npx(redocly, ['--version'], installMs),
    // Warnings fail, too.
    run: (_server, document, limitMs) => npx(redocly, ['lint', document, '--extends=recommended-strict'], limitMs),
  },
  {
    name: 'spectral',
    prepare: () => npx(spectral, ['--version'], installMs),
    run: (_server, document, limitMs) =>
      npx(spectral, ['lint', document, '--ruleset', ours('spectral.yaml'), '--fail-severity', 'hint'], limitMs),
  },
  {
    name: pythonClient.name,
    prepare: installPythonClient,
    async run(server, document, limitMs) {
      const programs = await installPythonClient(() => undefined);
      const folder = join(dirname(document), 'python');
      const made = join(folder, 'made_client');
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      // It formats what it writes with programs that it looks up.
      const env = { PATH: `${programs}:${process.env.PATH}`, PYTHONPATH: dirname(made) };
      const generate = ['generate', '--path', document, '--meta', 'none', '--fail-on-warning', '--output-path', made];
      await runTool(join(programs, pythonClient.name), generate, { limitMs, env });
      await runTool(join(programs, 'python'), [ours('call.py'), server.url], { limitMs, env });
    },
  },
  {
    name: 'schemathesis',
    prepare: installSchemathesis,
    async run(server, _document, limitMs) {
      const program = await installSchemathesis(() => undefined);
      const start = performance.now();
      for (const args of await schemathesisRuns(server, ['--max-examples', '8']))
        await runTool(program, args, { limitMs: limitMs - (performance.now() - start) });
    },
  },
];

function installPythonClient(log: (line: string) => void): Promise<string> {
  return installPythonTool(pythonClient.name, pythonClient.version, log);
}

/** Neither of them reports that it runs, or asks for newer versions. */
const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', SCARF_ANALYTICS: 'false' };

async function npx(tool: string, args: string[], limitMs: number): Promise<void> {
  await runTool('npx', ['--yes', tool, ...args], { limitMs, env: quiet });
}
