import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { markdownTable } from '../markdown';
import type { Result } from './scenario';

const most = 20;

/** A result for people, several lines. */
export function formatResult({ name, violations, measured, cutShort, seconds }: Result): string {
  const result = violations.length === 0 ? 'passed' : `FAILED, ${violations.length} violations`;
  return [
    `  ${name}: ${result} after ${seconds} s${cutShort ? ', cut short by the time budget' : ''}`,
    ...Object.entries(measured).map(([what, value]) => `    ${what}: ${value}`),
    ...violations.slice(0, most).map((violation) => `    - ${violation}`),
    ...(violations.length > most ? [`    - and ${violations.length - most} more`] : []),
  ].join('\n');
}

const file = join(projectRoot, 'docs', 'topics', 'reliability.md');
const start = '<!-- chaos:start -->';
const end = '<!-- chaos:end -->';

/** Puts the results in place of earlier ones of the same scenarios; the others stay. */
export async function writeReport(results: readonly Result[], command: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for the report: ${start} … ${end}`);
  const sections = new Map(readSections(text.slice(from + start.length, to)));
  for (const result of results) sections.set(result.name, section(result, command));
  const block = Array.from(sections.values()).join('\n\n');
  await writeFile(file, `${text.slice(0, from)}${start}\n\n${block}\n\n${text.slice(to)}`);
}

function readSections(block: string): [string, string][] {
  const sections = block.split(/^(?=### )/m).map((text) => text.trim());
  return sections.flatMap((text) => {
    const name = /^### `([\w-]+)`/.exec(text)?.[1];
    return name ? [[name, text]] : [];
  });
}

function section(result: Result, command: string): string {
  const { name, promise, seed, counts, violations, measured, cutShort, seconds, full } = result;
  const outcome = violations.length === 0 ? 'every promise held' : `**${violations.length} violations**`;
  const form = full ? 'full counts' : 'fewer than the full counts';
  const asked = Object.entries(counts).map(([what, count]) => `${what} ${count.toLocaleString('en')}`);
  return [
    `### \`${name}\`: ${outcome}`,
    '',
    promise,
    '',
    `${new Date().toISOString().slice(0, 10)}, \`${command}\`, seed ${seed}, ${seconds} s, ` +
      `${form}${cutShort ? ', cut short by the time budget' : ''}: ${asked.join(', ')}.`,
    '',
    markdownTable(
      ['', ''],
      [
        ...Object.entries(measured).map(([what, value]) => [what, shown(value)]),
        ...violations
          .slice(0, most)
          .map((violation) => ['violation', `${violation.replaceAll('|', '\\|').split('\n')[0]}`]),
      ],
    ),
  ].join('\n');
}

function shown(value: number | string): string {
  return typeof value === 'number' ? value.toLocaleString('en') : value;
}
