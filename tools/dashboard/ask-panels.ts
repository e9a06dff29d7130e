import type { Panel } from './dashboard-file';
import { intervalsOf } from './dashboard-file';
import type { Answer, Prometheus } from './prometheus';

export interface Series {
  name: string;
  /** Seconds since 1970; null where there is no number, which ends a line. */
  points: [at: number, value: number | null][];
}

export interface Answered {
  panel: Panel;
  series: Series[];
  /** Prometheus' own words about each expression that it refused. */
  errors: string[];
}

export interface Span {
  /** Seconds since 1970. */
  from: number;
  to: number;
}

/** Puts the expressions of all panels to Prometheus as Grafana does. */
export async function askPanels(
  prometheus: Prometheus,
  panels: Panel[],
  span: Span,
  scrapeSeconds: number,
): Promise<Answered[]> {
  const { step, rate } = intervalsOf(span.to - span.from, scrapeSeconds);
  const answered: Answered[] = [];
  for (const panel of panels) {
    const answer: Answered = { panel, series: [], errors: [] };
    for (const { expr, legendFormat } of panel.targets ?? []) {
      const asked = expr.replaceAll('$__rate_interval', `${rate}s`);
      try {
        const answers = await prometheus.range(asked, { ...span, step });
        answer.series.push(...answers.map((one) => seriesOf(one, legendFormat, step)));
      } catch (error) {
        answer.errors.push(`${expr}: ${(error as Error).message}`);
      }
    }
    answered.push(answer);
  }
  return answered;
}

/** `{{kind}} p99` with the labels of the series. */
export function nameOf(legend: string, labels: Record<string, string>): string {
  return legend.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}

function seriesOf({ metric, values }: Answer, legend: string, step: number): Series {
  const points: Series['points'] = [];
  for (const [at, text] of values) {
    const last = points.at(-1)?.[0] ?? at;
    if (at - last > step * 1.5) points.push([last + step, null]);
    const value = Number(text);
    points.push([at, Number.isFinite(value) ? value : null]);
  }
  return { name: nameOf(legend, metric), points };
}

/** Whether there is any number at all. */
export function hasNumbers({ series }: Answered): boolean {
  return series.some(({ points }) => points.some(([, value]) => value !== null));
}
