import { type Answered, hasNumbers } from './ask-panels';
import type { Alert } from './prometheus';

export interface Findings {
  answered: Answered[];
  alerts: Alert[];
  /** Of the sale. */
  wrongs: string[];
  /** The complaint of the alerts' tests; undefined when they could not run. */
  tested: string | null | undefined;
}

/** @returns whether all is well */
export function tellFindings({ answered, alerts, wrongs, tested }: Findings, print: (line: string) => void): boolean {
  const asked = answered.filter(({ panel }) => panel.type !== 'row');
  const broken = [
    ...asked.flatMap(({ panel, errors }) => errors.map((error) => `panel ${panel.title}: ${error}`)),
    ...alerts
      .filter(({ health }) => health !== 'ok')
      .map(({ name, lastError }) => `alert ${name}: ${lastError || 'was not evaluated'}`),
    ...(tested ? [`the tests of the alerts: ${tested}`] : []),
    ...wrongs.map((wrong) => `the sale: ${wrong}`),
  ];
  print(`${asked.length} panels and ${alerts.length} alerts were evaluated, ${broken.length} things are wrong.`);
  for (const line of broken) print(`  ${line}`);
  if (tested === undefined) print('  The tests of the alerts were not run: there is no promtool beside Prometheus.');
  for (const answer of asked)
    if (answer.errors.length === 0 && !hasNumbers(answer))
      print(`  No data: ${answer.panel.title} (${answer.panel.description ?? ''})`);
  for (const { name, state } of alerts) if (state !== 'inactive') print(`  Alert ${name} is ${state}.`);
  return broken.length === 0;
}
