import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { projectRoot } from '../../shared/platform/project-root';
import { freePort } from '../stack/stores/free-port';
import { launch } from '../stack/stores/launch';

const deploy = join(projectRoot, 'deploy/prometheus');

export interface Prometheus {
  /** Of deploy/prometheus/prometheus.yml, seconds. */
  scrapeSeconds: number;
  /** Resolves when every target has answered a scrape. */
  seesAll(): Promise<void>;
  /** Samples between two moments (seconds since 1970). @throws Error with Prometheus' own words */
  range(expr: string, span: { from: number; to: number; step: number }): Promise<Answer[]>;
  /** Every alert of the rule file, as Prometheus itself evaluated it. */
  alerts(): Promise<Alert[]>;
  stop(): Promise<void>;
}

export interface Answer {
  metric: Record<string, string>;
  /** Seconds since 1970, and a number as text: it may be `NaN` or `+Inf`. */
  values: [at: number, value: string][];
}

export interface Alert {
  name: string;
  health: string;
  lastError?: string;
  state: string;
}

const seeMs = 60_000;
const job = 'frontrow';

/** Runs Prometheus with the product's own settings, targets aside. @param targets addresses by the name of the process */
export async function startPrometheus(
  path: string,
  folder: string,
  targets: Record<string, string>,
): Promise<Prometheus> {
  const settings = parse(await readFile(join(deploy, 'prometheus.yml'), 'utf8'));
  const file = join(folder, 'prometheus.yml');
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(withTargets(settings, targets)));
  const url = `http://127.0.0.1:${await freePort(0)}`;
  const place = [`--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=${new URL(url).host}`];
  const args = [`--config.file=${file}`, ...place, '--log.level=warn'];
  const ready = async () => (await fetch(`${url}/-/ready`)).ok;
  const running = await launch({ name: 'prometheus', command: path, args, folder, stopMs: 10_000, ready });
  const ask = <T>(what: string, query: Record<string, string> = {}) => askApi<T>(url, what, query);
  const count = Object.keys(targets).length;
  return {
    scrapeSeconds: Number.parseInt(settings.global.scrape_interval, 10),
    async seesAll() {
      const deadline = performance.now() + seeMs;
      const up = async () => (await ask<{ result: unknown[] }>('query', { query: `up{job="${job}"} == 1` })).result;
      while ((await up()).length < count) {
        if (performance.now() > deadline) throw new Error('Prometheus could not scrape every process within a minute.');
        await sleep(500);
      }
    },
    async range(query, { from, to, step }) {
      const span = { start: String(from), end: String(to), step: String(step) };
      return (await ask<{ result: Answer[] }>('query_range', { query, ...span })).result;
    },
    async alerts() {
      const { groups } = await ask<{ groups: { rules: Alert[] }[] }>('rules');
      return groups.flatMap(({ rules }) => rules);
    },
    stop: () => running.stop(),
  };
}

function withTargets(settings: { scrape_configs: { job_name: string }[] }, targets: Record<string, string>) {
  const named = Object.entries(targets).map(([name, target]) => ({ targets: [target], labels: { instance: name } }));
  const scrapes = settings.scrape_configs.map(({ job_name }) => ({ job_name, static_configs: named }));
  return { ...settings, rule_files: [join(deploy, 'alerts.yml')], scrape_configs: scrapes };
}

async function askApi<T>(url: string, what: string, query: Record<string, string>): Promise<T> {
  const response = await fetch(`${url}/api/v1/${what}?${new URLSearchParams(query)}`);
  const answer = (await response.json()) as { status: string; error?: string; data: T };
  if (answer.status !== 'success') throw new Error(answer.error ?? `answered ${response.status}`);
  return answer.data;
}
