import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../../shared/platform/config-schema';
import { projectRoot } from '../../shared/platform/project-root';

const [start, end] = ['<!-- config:start -->', '<!-- config:end -->'];

/** The part of a JSON Schema that the table shows. */
interface Setting {
  enum?: string[];
  minimum?: number;
  maximum?: number;
}

/** One row a setting, in the order of the schema. */
export function configTable(): string {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(configSchema.shape).map(([name, field]) => {
    const preset = field.safeParse(undefined);
    const shown = preset.success ? (preset.data === undefined ? '' : `\`${preset.data}\``) : '**required**';
    return `| \`${name}\` | ${shown} | ${values(properties[name] as Setting)} | ${field.description} |`;
  });
  return ['| Variable | Default | Values | Meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** @throws Error when the text has no place for the table */
export function withConfigTable(text: string): string {
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no ${start} and ${end} to put the table between`);
  return `${text.slice(0, from + start.length)}\n${configTable()}\n${text.slice(to)}`;
}

function values({ enum: choices, minimum, maximum }: Setting): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  return minimum === undefined ? 'text' : `${minimum} to ${maximum}`;
}

if (require.main === module) {
  const file = join(projectRoot, 'README.md');
  writeFileSync(file, withConfigTable(readFileSync(file, 'utf8')));
  console.log('README.md: configuration table written');
}
