import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { allRoutes } from '../../api/routes';
import { commandKinds } from '../../shared/commands/catalogue';
import { projectRoot } from '../../shared/platform/project-root';
import { freePort } from '../../tools/stack/free-port';
import { createBuilders } from '../helpers/builders';
import { createClient } from '../helpers/client';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { findPrometheus, promtool, startPrometheus } from './prometheus';
import { readPromQl } from './promql';
import { type Scraped, scrape, total } from './scrape';

const deploy = (path: string) => readFileSync(join(projectRoot, 'deploy', path), 'utf8');
const dashboard: { panels: { title: string; targets?: { expr: string }[] }[] } = JSON.parse(
  deploy('grafana/frontrow.json'),
);
const alerts: { alert: string; expr: string; for?: string; annotations: { summary: string; runbook_url: string } }[] =
  parse(deploy('prometheus/alerts.yml')).groups.flatMap((group: { rules: unknown[] }) => group.rules);
const expressions: [where: string, expr: string][] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
  ...alerts.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
];

let world: World;
const started: Process[] = [];
const targets: string[] = [];
/** By process. */
const scraped: Record<string, Map<string, Scraped>> = {};
/** Sample names to the labels that they have been seen with. */
const known = new Map<string, Set<string>>();

async function start(module: string): Promise<{ process: Process; operations: string }> {
  const port = await freePort(0);
  const changes = { METRICS_PORT: String(port), LOG_LEVEL: 'info', RATE_LIMIT_ADDRESS: '100000' };
  const process = startProcess(module, environment(world.config, changes));
  started.push(process);
  targets.push(`127.0.0.1:${port}`);
  return { process, operations: `http://127.0.0.1:${port}` };
}

beforeAll(async () => {
  world = await startWorld({ workers: false, settings: { HOLD_SECONDS: '1', SWEEP_MS: '200' } });
  const [api, workers] = [await start('api/server'), await start('workers/main')];
  await workers.process.said('carrying out commands');
  const url = `http://127.0.0.1:${(await api.process.said('listening')).port}`;
  const client = createClient(url, allRoutes(world.config));
  await sell(client);
  client.close();
  const expired = { kind: 'hold.expire', status: 'done' };
  await until('a hold ran out', async () => {
    scraped.workers = await scrape(workers.operations);
    return total(scraped.workers, 'frontrow_commands_finished_total', expired) > 0;
  });
  scraped.api = await scrape(api.operations);
  for (const metrics of Object.values(scraped)) for (const [name, metric] of metrics) note(name, metric);
}, 60_000);
afterAll(async () => {
  await Promise.all(started.map((process) => process.end()));
  await world?.close();
});

/** One hold is paid, one runs out, one command is refused, one answer is a repeat. */
async function sell(client: ReturnType<typeof createClient>): Promise<void> {
  const build = createBuilders(world.context, client);
  const concert = await build.concert();
  const fan = await build.fan(concert, { points: 5000 });
  const [first = '', second = ''] = concert.seatIds;
  const { holdId } = await build.hold(fan, concert, [first]);
  await build.pay(fan, holdId, 'pay');
  await build.pay(fan, holdId, 'pay');
  await client.command('post', '/v1/points/uses', { token: fan.token, body: { amount: 1_000_000 } });
  const other = await build.fan(concert);
  await build.hold(other, concert, [second]);
}

function note(name: string, { type, samples }: Scraped): void {
  const names = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
  for (const each of names) {
    const labels = known.get(each) ?? new Set(['job', 'instance']);
    known.set(each, labels);
    for (const sample of samples)
      if (sample.name === each) for (const label of Object.keys(sample.labels)) labels.add(label);
  }
}

test.each(expressions)('%s is PromQL over metrics and labels that exist', (_, expr) => {
  const { valid, selectors } = readPromQl(expr);
  expect(valid).toBe(true);
  // The watchdog looks at nothing.
  if (expr !== 'vector(1)') expect(selectors.length).toBeGreaterThan(0);
  for (const { name, labels } of selectors) {
    // Prometheus makes it itself.
    if (name === 'up') continue;
    expect([...known.keys()]).toContain(name);
    // Seen only when something is wrong.
    const all = name === 'frontrow_not_ready' ? new Set(['missing', 'instance']) : known.get(name);
    for (const label of labels) expect([...(all ?? [])]).toContain(label);
  }
});

test('a misspelt metric, label or function, and half an expression, are noticed', () => {
  const { selectors } = readPromQl('max by (a) (rate(b_total{c="d{e", f=~"g"}[5m])) / h > 1e3');
  expect(selectors).toEqual([
    { name: 'b_total', labels: ['c', 'f'] },
    { name: 'h', labels: [] },
  ]);
  for (const wrong of ['sum(rate(a[5m])', 'summ(a)', 'sum(a{b="c")', 'rate(a[$__interval])'])
    expect([wrong, readPromQl(wrong).valid]).toEqual([wrong, false]);
});

const prometheus = findPrometheus(process.env);
const withPrometheus = prometheus ? test : test.skip;

withPrometheus(
  'a real Prometheus answers every expression and evaluates every alert, by the settings in deploy/',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'frontrow-prometheus-'));
    const server = await startPrometheus(prometheus ?? '', folder, targets);
    try {
      const refused: string[] = [];
      for (const [where, expr] of expressions) {
        const asked = server.query(expr.replaceAll('$__rate_interval', '20s'));
        await asked.catch((error: Error) => refused.push(`${where}: ${error.message}`));
      }
      expect(refused).toEqual([]);
      await until('evaluated', async () => (await server.alerts()).every(({ health }) => health !== 'unknown'), 30_000);
      expect((await server.alerts()).filter(({ health }) => health !== 'ok')).toEqual([]);
      expect(await server.query('frontrow_commands_finished_total{status="done"}')).not.toEqual([]);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  90_000,
);

withPrometheus('promtool: the alerts that must not be missed fire, and not without a cause', async () => {
  await promtool(prometheus ?? '', 'test', 'rules', join(projectRoot, 'test/operations/alerts.yml'));
});

test('what alerts on an increase is there before it happens, since the step from no counter to 1 is none', () => {
  const { api = new Map(), workers = new Map() } = scraped;
  const zeros = (metrics: Map<string, Scraped>, name: string) =>
    metrics.get(name)?.samples.flatMap(({ labels, value }) => (value === 0 ? [labels] : []));
  const failed = commandKinds.map((kind) => ({ kind, status: 'failed', code: 'COMMAND_FAILED' }));
  expect(zeros(workers, 'frontrow_commands_finished_total')).toEqual(expect.arrayContaining(failed));
  expect(zeros(workers, 'frontrow_lane_takeovers_total')).toContainEqual({ crashed: 'true' });
  expect(zeros(workers, 'frontrow_groups_failed_total')).toContainEqual({ passing: 'false' });
  expect(zeros(api, 'frontrow_rate_limited_total')).toContainEqual({ policy: 'address' });
  for (const metrics of [api, workers]) {
    expect(zeros(metrics, 'frontrow_log_lines_total')).toEqual(
      expect.arrayContaining([{ level: 'error' }, { level: 'fatal' }]),
    );
    expect(zeros(metrics, 'frontrow_collect_failures_total')).toContainEqual({ source: 'holds_live' });
  }
  // It has audited nothing; 0 would be an audit of 1970.
  expect(api.get('frontrow_audit_finished_timestamp_seconds')?.samples).toEqual([]);
});

test('every metric of the product is on the dashboard', () => {
  const shown = new Set(expressions.flatMap(([, expr]) => readPromQl(expr).selectors.map(({ name }) => name)));
  const own = new Set(Object.values(scraped).flatMap((metrics) => [...metrics.keys()]));
  for (const name of own)
    if (name.startsWith('frontrow_'))
      expect([name, ['', '_bucket', '_count'].some((end) => shown.has(name + end))]).toEqual([name, true]);
});

test('every alert has its paragraph in docs/guides/runbook.md', () => {
  const page = readFileSync(join(projectRoot, 'docs/guides/runbook.md'), 'utf8');
  for (const { alert } of alerts) expect(page).toContain(`**${alert}**`);
  const named = Array.from(page.matchAll(/\*\*(Frontrow\w+)\*\*/g), ([, name]) => name);
  expect(new Set(named)).toEqual(new Set(alerts.map(({ alert }) => alert)));
});

test('every alert names its paragraph as the runbook', () => {
  const page = readFileSync(join(projectRoot, 'docs/guides/runbook.md'), 'utf8');
  for (const { alert, annotations } of alerts) {
    expect(annotations.runbook_url).toBe(`docs/guides/runbook.md#${alert.toLowerCase()}`);
    expect(page).toContain(`<a id="${alert.toLowerCase()}"></a>**${alert}**`);
  }
});

test('the numbers are those of what happened', () => {
  const { api = new Map(), workers = new Map() } = scraped;
  const route = { method: 'POST', route: '/v1/holds/:holdId/payment', status: '202' };
  expect(total(api, 'frontrow_http_request_duration_seconds_count', route)).toBe(2);
  expect(total(api, 'frontrow_commands_accepted_total', { kind: 'hold.place' })).toBe(2);
  expect(total(api, 'frontrow_commands_replayed_total', { kind: 'payment.pay' })).toBe(1);
  const finished = (labels: Record<string, string>) => total(workers, 'frontrow_commands_finished_total', labels);
  expect(finished({ kind: 'payment.pay', status: 'done' })).toBe(1);
  expect(finished({ kind: 'points.use', status: 'refused', code: 'POINTS_INSUFFICIENT' })).toBe(1);
  expect(finished({ kind: 'hold.expire', status: 'skipped' })).toBe(1);
  expect(total(workers, 'frontrow_command_duration_seconds_count', { kind: 'hold.place' })).toBe(2);
  expect(total(workers, 'frontrow_hold_end_lateness_seconds_count')).toBe(1);
  expect(total(workers, 'frontrow_group_size_sum')).toBe(finished({}) - 1);
  expect(total(workers, 'frontrow_lane_takeovers_total', { crashed: 'false' })).toBe(4);
  for (const metrics of [api, workers]) {
    expect(total(metrics, 'frontrow_lanes_without_owner')).toBe(0);
    expect(total(metrics, 'frontrow_commands_unfinished')).toBe(0);
    expect(total(metrics, 'frontrow_waiting_room_admitted_total')).toBe(2);
    expect(total(metrics, 'frontrow_waiting_room_active')).toBe(1);
    expect(total(metrics, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  }
});
