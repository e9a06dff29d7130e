import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../shared/platform/project-root';

const run = promisify(execFile);
const file = join(projectRoot, 'test/operations/alerts.yml');

/**
 * Runs the alerts' own tests with the promtool that comes with Prometheus.
 * @returns its complaint; null when there is none, undefined when there is no promtool
 */
export async function testAlerts(prometheus: string): Promise<string | null | undefined> {
  const promtool = join(dirname(prometheus), 'promtool');
  try {
    await access(promtool);
  } catch {
    return undefined;
  }
  return run(promtool, ['test', 'rules', file]).then(
    () => null,
    ({ stdout = '', stderr = '' }) => `${stdout}${stderr}`.trim(),
  );
}
