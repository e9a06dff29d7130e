import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Models } from '../../shared/models';
import { projectRoot } from '../../shared/platform/project-root';
import type { Plan } from './explain';

export const indexPage = join(projectRoot, 'docs', 'reference', 'indexes.md');

const head = `# Indexes

Every statement that API and workers send to MongoDB, the index that serves it, and what it reads; then every index with what it takes. For
whoever changes a query, adds an index or sizes a server. Made by \`npm run docs:indexes\`, from what a test records while everything
that can be asked for is asked for (\`test/plans\`): on 200,000 commands, 58,000 of them of one user, and 54,000 seats. The test fails on a
scan of a collection, a sort in memory, or more than ten keys or documents read for each that is returned, but for the exceptions
below. Values are \`?\`. The audit reads everything, in the order of indexes, and is not in the table.
`;

/** The page, with the figures of this run. */
export async function pageOfIndexes(
  models: Models,
  plans: readonly Plan[],
  reasonFor: (plan: Plan) => string | undefined,
): Promise<string> {
  const sorted = [...plans].sort((a, b) => order(a).localeCompare(order(b)));
  const rows = sorted.map(({ collection, shape, file, indexes, keys, docs, returned, faults }) =>
    row(
      `\`${collection}\``,
      `\`${short(shape)}\``,
      `\`${file}\``,
      indexes.join(', '),
      keys,
      docs,
      returned,
      faults.length > 0 ? 'exception' : '',
    ),
  );
  const reasons = [...new Set(sorted.flatMap((plan) => (plan.faults.length > 0 ? (reasonFor(plan) ?? []) : [])))];
  const excused = reasons.map((reason) => {
    const files = new Set(sorted.filter((plan) => reasonFor(plan) === reason).map(({ file }) => `\`${file}\``));
    return row(reason, [...files].join(', '));
  });
  return [
    head,
    '## Statements\n',
    row('Collection', 'Statement', 'File', 'Index', 'Keys', 'Documents', 'Returned', ''),
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '\n## Exceptions\n',
    row('Reason', 'Files'),
    '|---|---|',
    ...excused,
    '\n## What indexes take\n',
    'An insert, or an update that changes one of its fields, writes each index that the document is in. `In it`: the part of the',
    'documents that have an entry; bytes are on disk, with compression, for each document of the collection.\n',
    row('Collection', 'Index', 'In it', 'Bytes a document'),
    '|---|---|---|---|',
    ...(await sizes(models)),
    '',
  ].join('\n');
}

const order = ({ collection, shape }: Plan) => `${collection} ${shape}`;
const row = (...cells: (string | number)[]) =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
const longest = 160;
const short = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

async function sizes(models: Models): Promise<string[]> {
  const found = await Promise.all(
    Object.values(models).map(async ({ schema, collection }) => {
      const [stats] = await collection.aggregate([{ $collStats: { storageStats: {} } }]).toArray();
      const { count = 0, indexSizes = {} } = stats?.storageStats ?? {};
      return Promise.all(
        Object.entries<number>(indexSizes).map(async ([name, bytes]) => {
          const [, options] = schema.indexes().find(([key, { name: given }]) => (given ?? nameOf(key)) === name) ?? [
            {},
            {},
          ];
          const filter = options?.partialFilterExpression as object | undefined;
          const part = filter && count > 0 ? (await collection.countDocuments(filter)) / count : 1;
          return row(
            `\`${collection.name}\``,
            `\`${name}\``,
            `${Math.round(part * 100)} %`,
            count > 1000 ? Math.round(bytes / count) : '',
          );
        }),
      );
    }),
  );
  return found.flat().sort();
}

const nameOf = (key: object) => Object.entries(key).flat().join('_');

/** `index <collection> <name>` of each row of the last table. */
export function readIndexPage(page = readFileSync(indexPage, 'utf8')): string[] {
  const [, table = ''] = page.split('## What indexes take');
  return Array.from(
    table.matchAll(/^\| `(\w+)` \| `([\w.-]+)` \|/gm),
    ([, collection, name]) => `index ${collection} ${name}`,
  );
}
