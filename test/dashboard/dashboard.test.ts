import { type Answered, askPanels, nameOf } from '../../tools/dashboard/ask-panels';
import { intervalsOf, type Panel, readDashboard, readTimeInterval } from '../../tools/dashboard/dashboard-file';
import { findPrometheus } from '../../tools/dashboard/find-prometheus';
import { readDashboardOptions } from '../../tools/dashboard/options';
import { curvesPicture } from '../../tools/dashboard/page/curves';
import { dashboardPage } from '../../tools/dashboard/page/page';
import { knownUnits, ticksWithUnit, withUnit } from '../../tools/dashboard/page/units';
import type { Answer, Prometheus } from '../../tools/dashboard/prometheus';
import { tellFindings } from '../../tools/dashboard/tell-findings';

const span = { from: 1_700_000_000, to: 1_700_000_060 };
const about = { version: '2.42.0', users: 400, alerts: [{ name: 'A', health: 'ok', state: 'firing' }] };

/** Answers each expression so, and keeps what it was asked. */
function answering(answer: (expr: string) => Answer[]): { prometheus: Prometheus; asked: string[] } {
  const asked: string[] = [];
  const range = async (expr: string) => {
    asked.push(expr);
    return answer(expr);
  };
  return { prometheus: { range } as unknown as Prometheus, asked };
}

const panelOf = (expr: string, more: Partial<Panel> = {}): Panel => ({
  ...{ type: 'timeseries', title: 'P', gridPos: { x: 0, y: 0, w: 8, h: 7 } },
  ...{ targets: [{ expr, legendFormat: '{{kind}} p99' }], ...more },
});

test('the page has every panel of the file, and only units that it knows', async () => {
  const dashboard = await readDashboard();
  const { prometheus, asked } = answering(() => [{ metric: { kind: 'k' }, values: [[span.from, '1']] }]);
  const answered = await askPanels(prometheus, dashboard.panels, span, await readTimeInterval());
  const page = dashboardPage(dashboard, answered, span, about);
  const missing = dashboard.panels.filter(({ title }) => !page.includes(`>${title}</h`));
  expect(missing).toEqual([]);
  for (const { fieldConfig } of dashboard.panels)
    if (fieldConfig) expect(knownUnits).toContain(fieldConfig.defaults.unit);
  expect(asked.filter((expr) => expr.includes('$'))).toEqual([]);
  expect(asked.some((expr) => expr.includes('[20s]'))).toBe(true);
  expect(page.includes('class="none"')).toBe(false);
  expect(page.includes('A firing')).toBe(true);
});

test('a panel without numbers says so with its description, one that was refused with the words of Prometheus', async () => {
  const { prometheus } = answering((expr) => {
    if (expr === 'bad(') throw new Error('parse error');
    return [{ metric: {}, values: [[span.from, 'NaN']] }];
  });
  const panels = [panelOf('x', { description: 'why <it> is' }), panelOf('bad(')];
  const answered = await askPanels(prometheus, panels, span, 5);
  expect(answered[1]?.errors).toEqual(['bad(: parse error']);
  const page = dashboardPage({ title: 'T', panels }, answered, span, about);
  expect(page).toContain('No data</p><p class="why">why &lt;it&gt; is');
  expect(page).toContain('bad(: parse error');
});

test('a curve ends where samples are missing, and stacked curves stand on each other', async () => {
  const at = (seconds: number) => span.from + seconds;
  const { prometheus } = answering(() => [
    {
      metric: { kind: 'a' },
      values: [0, 5, 30, 35].map((seconds): [number, string] => [at(seconds), '2']),
    },
    { metric: { kind: 'b' }, values: [[at(0), '3']] },
  ]);
  const [answered] = await askPanels(prometheus, [panelOf('x')], span, 5);
  expect(answered?.series.map(({ name }) => name)).toEqual(['a p99', 'b p99']);
  expect(answered?.series[0]?.points).toEqual([
    [at(0), 2],
    [at(5), 2],
    [at(10), null],
    [at(30), 2],
    [at(35), 2],
  ]);
  const highest = (mode: string) => {
    const panel = panelOf('x', { fieldConfig: { defaults: { custom: { stacking: { mode } } } } });
    return curvesPicture({ ...(answered as Answered), panel }, span);
  };
  expect(highest('none')).not.toContain('>5</text>');
  expect(highest('normal')).toContain('>5</text>');
});

test('numbers and marks are told in their units', () => {
  expect([0.0042, 1.5, 90, 7200].map((value) => withUnit(value, 's'))).toEqual(['4.2 ms', '1.5 s', '1.5 min', '2 h']);
  expect(withUnit(0, 's')).toBe('0 s');
  expect(withUnit(3 * 2 ** 20, 'bytes')).toBe('3 MiB');
  expect(withUnit(0.25, 'percentunit')).toBe('25 %');
  const marks = (max: number, unit: string) => {
    const { ticks, format } = ticksWithUnit(max, unit);
    return ticks.map(format);
  };
  expect(marks(0.05, 's')).toEqual(['0 ms', '10 ms', '20 ms', '30 ms', '40 ms', '50 ms']);
  expect(marks(0.95, 's').at(-1)).toBe('1 s');
  expect(marks(130 * 2 ** 20, 'bytes')).toEqual(['0 MiB', '50 MiB', '100 MiB', '150 MiB']);
});

test("intervals are Grafana's", () => {
  expect(intervalsOf(1800, 5)).toEqual({ step: 5, rate: 20 });
  expect(intervalsOf(24 * 3600, 5)).toEqual({ step: 144, rate: 149 });
  expect(nameOf('{{a}} {{ b }}', { a: 'x' })).toBe('x');
});

test('what is wrong is told, and what had no data', () => {
  const told: string[] = [];
  const none = { panel: panelOf('x', { title: 'Empty', description: 'nothing yet' }), series: [], errors: [] };
  const bad = { panel: panelOf('y', { title: 'Bad' }), series: [], errors: ['y: parse error'] };
  const alert = { name: 'A', health: 'err', lastError: 'many-to-many', state: 'pending' };
  const print = (line: string) => void told.push(line.trim());
  const wrong = { answered: [none, bad], alerts: [alert], wrongs: ['s is sold twice'], tested: 'FAILED' };
  expect(tellFindings(wrong, print)).toBe(false);
  expect(told).toEqual([
    '2 panels and 1 alerts were evaluated, 4 things are wrong.',
    'panel Bad: y: parse error',
    'alert A: many-to-many',
    'the tests of the alerts: FAILED',
    'the sale: s is sold twice',
    'No data: Empty (nothing yet)',
    'Alert A is pending.',
  ]);
  expect(tellFindings({ answered: [none], alerts: [], wrongs: [], tested: undefined }, print)).toBe(true);
  expect(told.some((line) => line.includes('no promtool'))).toBe(true);
});

test('options, and what to do without Prometheus', async () => {
  expect(readDashboardOptions(['--help'])).toBeNull();
  expect(readDashboardOptions(['--users', '100'])?.sale).toMatchObject({ users: 100, sale: { seats: 60 } });
  expect(() => readDashboardOptions(['--picture', 'x.jpg'])).toThrow('--picture must be a file name that ends in .png');
  await expect(findPrometheus({ PATH: '/nowhere' })).rejects.toThrow(/none on the PATH.*apt-get install prometheus/s);
  await expect(findPrometheus({ PROMETHEUS_PATH: '/nowhere/prometheus' })).rejects.toThrow('/nowhere/prometheus');
});
