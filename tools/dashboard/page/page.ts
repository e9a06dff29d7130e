import { escaped, number } from '../../simulate/report/svg';
import type { Answered, Span } from '../ask-panels';
import type { Dashboard } from '../dashboard-file';
import type { Alert } from '../prometheus';
import { panelBox } from './panel';
import { framing, gap, rowHeight, style } from './style';

export interface About {
  /** Of Prometheus. */
  version: string;
  users: number;
  alerts: Alert[];
}

/** Of the picture, px. */
export const pageWidth = 1500;

export function pageHeight({ panels }: Dashboard): number {
  const rows = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
  return framing + rows * (rowHeight + gap) - gap;
}

/** The dashboard as one page that needs nothing else. */
export function dashboardPage({ title }: Dashboard, answered: Answered[], span: Span, about: About): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}: the dashboard</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>A sale to ${number(about.users)} people, ${clock(span.from)} to ${clock(span.to)} UTC. Drawn by <code>npm run dashboard</code> from
<code>deploy/grafana/frontrow.json</code> with the answers of Prometheus ${escaped(about.version)}; Grafana itself looks different.</p>
</header>
<main>
${answered.map((one) => panelBox(one, span)).join('\n')}
</main>
<footer>${escaped(alertsLine(about.alerts))}</footer>
</body>
</html>
`;
}

const clock = (at: number) => new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ');

function alertsLine(alerts: Alert[]): string {
  const lit = alerts.filter(({ state }) => state !== 'inactive').map(({ name, state }) => `${name} ${state}`);
  return `${alerts.length} alerts were evaluated; ${lit.length === 0 ? 'none is pending or firing' : lit.join(', ')}.`;
}
