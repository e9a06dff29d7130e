import type { Operation } from './emit-operations';
import { namesIn, type Schema } from './type-of';

/** Where names are that several tags use. */
const shared = 'shared';

/** The names of the schemas by file: that of the one tag whose operations use them. */
export function groupByTag(
  schemas: Record<string, Schema>,
  paths: Record<string, Record<string, Operation>>,
): Map<string, string[]> {
  const tags = new Map<string, Set<string>>();
  const mark = (name: string, tag: string) => {
    const known = tags.get(name) ?? new Set();
    if (known.has(tag)) return;
    tags.set(name, known.add(tag));
    for (const used of namesIn(schemas[name] ?? {})) mark(used, tag);
  };
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
    for (const name of namesIn([operation.requestBody, operation.responses])) mark(name, operation.tags?.[0] ?? shared);

  const groups = new Map<string, string[]>();
  for (const name of Object.keys(schemas)) {
    const [tag = shared, ...others] = tags.get(name) ?? [];
    const file = others.length > 0 ? shared : tag.toLowerCase().replace(/\W+/g, '-');
    groups.set(file, [...(groups.get(file) ?? []), name]);
  }
  return groups;
}
