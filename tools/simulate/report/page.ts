import type { Sample } from '../record';
import {
  admissionsPicture,
  barsPicture,
  fairnessPicture,
  insidePicture,
  latencyPicture,
  linePicture,
  soldPicture,
} from './pictures';
import { style } from './style';
import type { Summary } from './summary';
import { escaped, number } from './svg';

/** The report: one page that needs nothing else. */
export function reportPage(summary: Summary, samples: Sample[], playedAt: Date): string {
  const { sale, violations } = summary;
  const title = `${sale.title}: ${number(summary.users)} people, ${number(sale.seats)} seats`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>Played ${playedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC with <code>npm run simulate</code>.</p>
</header>
${result(violations)}
<ul class="tiles">${tiles(summary)
    .map(([value, name]) => `<li><b>${escaped(value)}</b>${escaped(name)}</li>`)
    .join('')}</ul>
<main>
${cards(summary, samples).map(card).join('\n')}
</main>
</body>
</html>
`;
}

function result(violations: string[]): string {
  if (violations.length === 0)
    return '<p class="result good">Nothing happened that must not: no seat sold twice, nothing paid without a reservation, no limit exceeded, no server error.</p>';
  const shown = violations.slice(0, 20).map((violation) => `<li>${escaped(violation)}</li>`);
  return `<div class="result bad"><p>${number(violations.length)} things happened that must not:</p><ul>${shown.join('')}</ul></div>`;
}

function tiles({
  users,
  seconds,
  seatsSold,
  soldOutSeconds,
  requests,
  longestLine,
  endings,
  sale,
}: Summary): [string, string][] {
  const bought = endings.find(([ending]) => ending === 'bought')?.[1] ?? 0;
  return [
    [number(users), 'people came'],
    [number(bought), 'bought'],
    [`${number(seatsSold)} of ${number(sale.seats)}`, 'seats sold'],
    soldOutSeconds === null ? [`${number(seconds)} s`, 'it took'] : [`${number(soldOutSeconds)} s`, 'to the last seat'],
    [number(longestLine), 'in line at most'],
    [number(requests / Math.max(seconds, 0.001)), 'requests a second'],
  ];
}

interface Card {
  title: string;
  about: string;
  content: string;
  wide?: boolean;
}

function cards(summary: Summary, samples: Sample[]): Card[] {
  const { rows, codes, endings, fairness, mostInMinute, sale, soldOutSeconds } = summary;
  const rate = sale.admitPerMinute === null ? '' : `; ${number(sale.admitPerMinute)} are allowed`;
  const left = soldOutSeconds === null ? '' : ' At the mark the last seat was sold, and all who still waited left.';
  const refused = codes.length > 0 ? `<p>Refused, by code:</p>${barsPicture('Refusals by code', codes, 'three')}` : '';
  return [
    { title: 'The line', about: `Joined, and not let in yet.${left}`, content: linePicture(summary, samples) },
    {
      title: 'Let in',
      about: `At most ${number(mostInMinute)} within any minute${rate}.`,
      content: admissionsPicture(summary, samples),
    },
    {
      title: 'Inside',
      about: 'People who look, choose and think, until they pay.',
      content: insidePicture(summary, samples),
    },
    { title: 'Sold', about: 'Seats that are paid for.', content: soldPicture(summary, samples) },
    { title: 'Fairness', about: fairnessText(fairness.overtook), content: fairnessPicture(summary) },
    {
      title: 'How it ended',
      about: codes.length > 0 ? 'For everybody who came:' : 'For everybody who came; nobody was refused anything.',
      content: barsPicture('How it ended', endings, 'one') + refused,
    },
    {
      title: 'What people waited for',
      about:
        'Dot: the median. Ring: 95 of 100 were faster. Bar: 99 of 100. Repeats, and waiting for the outcome, included.',
      content: `<div class="both">${latencyPicture(rows)}${latencyTable(summary)}</div>`,
      wide: true,
    },
  ];
}

function fairnessText(overtook: number): string {
  const plain = 'Each dot is somebody who came in: without overtaking they only rise.';
  if (overtook === 0) return `${plain} Nobody came in before somebody who had joined a second earlier.`;
  return `${plain} ${number(overtook)} came in before somebody who had joined more than a second earlier.`;
}

function latencyTable({ rows }: Summary): string {
  const lines = rows.map(({ step, count, p50, p95, p99, max }) => {
    const cells = [number(count), ...[p50, p95, p99, max].map(number)].map((cell) => `<td>${cell}</td>`);
    return `<tr><th scope="row">${step}</th>${cells.join('')}</tr>`;
  });
  const heads = ['step', 'times', 'p50, ms', 'p95, ms', 'p99, ms', 'longest, ms'].map(
    (head) => `<th scope="col">${head}</th>`,
  );
  return `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
}

function card({ title, about, content, wide }: Card): string {
  return `<section${wide ? ' class="wide"' : ''}><h2>${escaped(title)}</h2><p>${escaped(about)}</p>${content}</section>`;
}
