import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../shared/platform/project-root';

const folder = join(projectRoot, 'deploy/grafana');

/** What is drawn of a Grafana dashboard. */
export interface Dashboard {
  title: string;
  panels: Panel[];
}

export interface Panel {
  type: 'row' | 'stat' | 'timeseries';
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig?: { defaults: Field };
  targets?: { expr: string; legendFormat: string }[];
}

export interface Field {
  unit?: string;
  thresholds?: { steps: { color: string; value: number | null }[] };
  custom?: { stacking?: { mode: string } };
}

export async function readDashboard(): Promise<Dashboard> {
  return JSON.parse(await readFile(join(folder, 'frontrow.json'), 'utf8'));
}

/** What the data source is told of the time between two scrapes, seconds. */
export async function readTimeInterval(): Promise<number> {
  const { datasources } = parse(await readFile(join(folder, 'provisioning/datasources/prometheus.yml'), 'utf8'));
  // Grafana takes 15 s unless it is told.
  return Number.parseInt(datasources[0].jsonData?.timeInterval ?? '15s', 10);
}

const pointsOfPanel = 600;

/** Grafana's `$__interval` and `$__rate_interval` for a span, seconds. */
export function intervalsOf(spanSeconds: number, scrapeSeconds: number): { step: number; rate: number } {
  const step = Math.max(scrapeSeconds, Math.ceil(spanSeconds / pointsOfPanel));
  return { step, rate: Math.max(step + scrapeSeconds, 4 * scrapeSeconds) };
}
