import { emitOperations, type Operation } from './emit-operations';
import { groupByTag } from './group-by-tag';
import { comment, namesIn, type Schema, typeOf } from './type-of';

/** As much of an OpenAPI document as types are made of. */
export interface ApiDocument {
  components?: { schemas?: Record<string, Schema> };
  paths?: Record<string, Record<string, Operation>>;
}

const head = '// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.\n';

/** TypeScript of all schemas and operations of the document, not yet formatted, by file name: a file for each tag. */
export function emitTypes({ components, paths = {} }: ApiDocument): Map<string, string> {
  const schemas = components?.schemas ?? {};
  const groups = groupByTag(schemas, paths);
  const fileOf = new Map(Array.from(groups, ([file, names]) => names.map((name) => [name, file] as const)).flat());
  const files = new Map<string, string>();
  const add = (file: string, source: string, isUsed: (name: string) => boolean) =>
    files.set(`schema/${file}.ts`, [head, imports(fileOf, file, isUsed), source].join('\n\n'));

  for (const [file, names] of groups) {
    const own = names.map((name) => declare(name, schemas));
    const used = new Set(names.flatMap((name) => [...namesIn(schemas[name] ?? {}), baseOf(name, schemas)]));
    add(file, own.join('\n\n'), (name) => used.has(name));
  }
  const operations = emitOperations(paths);
  add('operations', operations, (name) => new RegExp(`\\b${name}\\b`).test(operations.replace(/'.*?'|"[^"]*"/g, '')));
  const all = [...files.keys()].sort().map((file) => `export type * from './${file}';`);
  return files.set('schema.ts', `${head}\n${all.join('\n')}\n`);
}

function imports(fileOf: ReadonlyMap<string, string>, into: string, isUsed: (name: string) => boolean): string {
  const files = new Map<string, string[]>();
  for (const [name, file] of fileOf)
    if (file !== into && isUsed(name)) files.set(file, [...(files.get(file) ?? []), name]);
  return Array.from(files, ([file, names]) => `import type { ${names.join(', ')} } from './${file}.ts';`).join('\n');
}

function declare(name: string, schemas: Record<string, Schema>): string {
  const schema = schemas[name] ?? {};
  const base = baseOf(name, schemas);
  const known = Object.keys(schemas[base ?? '']?.properties ?? {});
  const own = Object.entries(schema.properties ?? {}).filter(([field]) => !known.includes(field));
  const type = typeOf(base ? { ...schema, properties: Object.fromEntries(own) } : schema);
  const declared = type.startsWith('{')
    ? `interface ${name} ${base ? `extends ${base} ` : ''}${type}`
    : `type ${name} = ${type};`;
  return `${comment(schema.description)}export ${declared}`;
}

/** Fewer fields in common are a coincidence. */
const leastShared = 5;

/** The largest schema whose fields are all among those of this one, and the same. */
function baseOf(name: string, schemas: Record<string, Schema>): string | undefined {
  const { properties = {}, required = [] } = schemas[name] ?? {};
  const isBase = (other: string) => {
    const { properties: shared = {}, required: needed = [] } = schemas[other] ?? {};
    const fields = Object.keys(shared);
    return (
      fields.length >= leastShared &&
      fields.length < Object.keys(properties).length &&
      fields.every(
        (field) =>
          JSON.stringify(shared[field]) === JSON.stringify(properties[field]) &&
          needed.includes(field) === required.includes(field),
      )
    );
  };
  const size = (other: string) => Object.keys(schemas[other]?.properties ?? {}).length;
  return Object.keys(schemas)
    .filter(isBase)
    .sort((a, b) => size(b) - size(a))[0];
}
