import { type Binary, firstUsable, onPath } from '../stack/stores/binary';

const wanted = {
  names: ['prometheus'],
  least: [2, 42] as [number, number],
  version: /prometheus, version (\d+\.\d+\.\d+)/,
};

/** PROMETHEUS_PATH, else on the PATH. @throws Error with the remedy */
export async function findPrometheus({ PROMETHEUS_PATH, PATH }: NodeJS.ProcessEnv): Promise<Binary> {
  const candidates = PROMETHEUS_PATH ? [PROMETHEUS_PATH] : await onPath(wanted.names, PATH);
  return firstUsable(candidates, wanted, 'there is none on the PATH').catch((error: Error) => {
    throw new Error(
      `Prometheus is needed, and ${error.message}. Install it (Debian, Ubuntu: apt-get install prometheus; macOS: brew ` +
        'install prometheus), or name one: PROMETHEUS_PATH=…',
    );
  });
}
