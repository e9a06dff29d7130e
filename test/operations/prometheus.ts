import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { projectRoot } from '../../shared/platform/project-root';
import { freePort } from '../../tools/stack/free-port';
import { launch } from '../../tools/stack/process';
import { until } from '../helpers/until';

const run = promisify(execFile);
const deploy = join(projectRoot, 'deploy/prometheus');

/** PROMETHEUS_PATH, else on the PATH; undefined when there is none. */
export function findPrometheus({ PROMETHEUS_PATH, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const candidates = PROMETHEUS_PATH
    ? [PROMETHEUS_PATH]
    : PATH.split(delimiter).map((folder) => join(folder, 'prometheus'));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs the promtool that comes with a Prometheus. @throws with its complaint */
export function promtool(prometheus: string, ...args: string[]) {
  return run(join(dirname(prometheus), 'promtool'), args);
}

export interface Prometheus {
  /** The values of an instant query. @throws Error with Prometheus' own words */
  query(expr: string): Promise<unknown[]>;
  /** Every alert of the rule file, as Prometheus itself evaluated it. */
  alerts(): Promise<{ name: string; health: string; lastError?: string }[]>;
  stop(): Promise<void>;
}

/** Runs Prometheus with the product's own settings but for the targets, and waits until it has scraped each of them. */
export async function startPrometheus(path: string, folder: string, targets: string[]): Promise<Prometheus> {
  const settings = parse(await readFile(join(deploy, 'prometheus.yml'), 'utf8'));
  const scrapes = settings.scrape_configs.map(({ job_name }: { job_name: string }) => {
    return { job_name, static_configs: [{ targets }] };
  });
  const file = join(folder, 'prometheus.yml');
  await mkdir(folder, { recursive: true });
  const changes = { rule_files: [join(deploy, 'alerts.yml')], scrape_configs: scrapes };
  await writeFile(file, JSON.stringify({ ...settings, ...changes }));
  const url = `http://127.0.0.1:${await freePort(0)}`;
  const data = [`--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=${new URL(url).host}`];
  const args = [`--config.file=${file}`, ...data, '--log.level=warn'];
  const ready = async () => (await fetch(`${url}/-/ready`)).ok;
  const running = await launch({ name: 'prometheus', command: path, args, folder, stopMs: 10_000, ready });

  async function ask<T>(what: string, query: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${url}/api/v1/${what}?${new URLSearchParams(query)}`);
    const answer = (await response.json()) as { status: string; error?: string; data: T };
    if (answer.status !== 'success') throw new Error(answer.error ?? `answered ${response.status}`);
    return answer.data;
  }
  const query = async (expr: string) => (await ask<{ result: unknown[] }>('query', { query: expr })).result;
  await until('scraped', async () => (await query('up{job="frontrow"} == 1')).length === targets.length, 30_000);
  return {
    query,
    async alerts() {
      const { groups } = await ask<{ groups: { rules: Awaited<ReturnType<Prometheus['alerts']>> }[] }>('rules');
      return groups.flatMap(({ rules }) => rules);
    },
    stop: () => running.stop(),
  };
}
