import { comment, namesIn, type Schema, typeOf } from './type-of';

/** As much of an OpenAPI document as types are made of. */
export interface ApiDocument {
  components?: { schemas?: Record<string, Schema> };
  paths?: Record<string, Record<string, Operation>>;
}

const head = '// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.\n';

/**
 * TypeScript of all schemas and operations of the document, not yet formatted, by file name: a file for each group, and three for what several use.
 * openapi-typescript would rename what clients import (`components['schemas'][…]`), and needs TypeScript 5.
 */
export function emitTypes({ components, paths = {} }: ApiDocument): Map<string, string> {
  const schemas = components?.schemas ?? {};
  const operations = listOperations(paths);
  const groups = groupSchemas(schemas, operations);
  const fileOf = new Map(Array.from(groups, ([file, names]) => names.map((name) => [name, file] as const)).flat());
  const files = new Map<string, string>();
  const add = (file: string, source: string, isUsed: (name: string) => boolean) =>
    files.set(`schema/${file}.ts`, [head, imports(fileOf, file, isUsed), source].join('\n\n'));

  for (const file of new Set([...groups.keys(), ...operations.map(({ group }) => group)])) {
    const names = groups.get(file) ?? [];
    const own = operations.filter(({ group }) => group === file);
    const emitted = own.length > 0 ? emitOperations(file, own) : '';
    // Not the schema of a problem, which is no part of an operation's type.
    const words = new Set(emitted.replace(/'.*?'|"[^"]*"/g, '').match(/\w+/g));
    const used = new Set(names.flatMap((name) => [...namesIn(ownPart(name, schemas)), baseOf(name, schemas)]));
    const declared = names.map((name) => declare(name, schemas));
    add(file, [...declared, emitted].join('\n\n'), (name) => used.has(name) || words.has(name));
  }
  const withOperations = [...new Set(operations.map(({ group }) => group))].sort();
  const bases = withOperations.map(operationsOf);
  const importing = withOperations.map((file) => `import type { ${operationsOf(file)} } from './${file}.ts';`);
  files.set(
    'schema/operations.ts',
    `${head}\n${importing.join('\n')}\n\n/** Every operation, by method and path. */\nexport interface Operations extends ${bases.join(', ')} {}\n`,
  );
  const all = [...files.keys()].sort().map((file) => `export type * from './${file}';`);
  return files.set('schema.ts', `${head}\n${all.join('\n')}\n`);
}

interface NamedOperation {
  /** By method and path. */
  name: string;
  group: string;
  operation: Operation;
}

/** The group of an operation is its tag; operators' are by what they are about, since there are so many. */
function listOperations(paths: NonNullable<ApiDocument['paths']>): NamedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const about = /^\/v1\/admin\/([\w-]+)/.exec(path)?.[1];
      const tag = (operation.tags?.[0] ?? shared).toLowerCase().replace(/\W+/g, '-');
      return { name: `${method.toUpperCase()} ${path}`, group: about ? `${adminPrefix}${about}` : tag, operation };
    }),
  );
}

function imports(fileOf: ReadonlyMap<string, string>, into: string, isUsed: (name: string) => boolean): string {
  const files = new Map<string, string[]>();
  for (const [name, file] of fileOf)
    if (file !== into && isUsed(name)) files.set(file, [...(files.get(file) ?? []), name]);
  return Array.from(files, ([file, names]) => `import type { ${names.join(', ')} } from './${file}.ts';`).join('\n');
}

function declare(name: string, schemas: Record<string, Schema>): string {
  const base = baseOf(name, schemas);
  const type = typeOf(ownPart(name, schemas));
  const declared = type.startsWith('{')
    ? `interface ${name} ${base ? `extends ${base} ` : ''}${type}`
    : `type ${name} = ${type};`;
  return `${comment(schemas[name]?.description)}export ${declared}`;
}

/** A schema without the fields of its base. */
function ownPart(name: string, schemas: Record<string, Schema>): Schema {
  const schema = schemas[name] ?? {};
  const known = schemas[baseOf(name, schemas) ?? '']?.properties;
  if (!known) return schema;
  const own = Object.entries(schema.properties ?? {}).filter(([field]) => !Object.hasOwn(known, field));
  return { ...schema, properties: Object.fromEntries(own) };
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

/** Where names are that several groups use: of clients, of operators, or of both. */
const shared = 'shared';
const adminPrefix = 'admin-';
const adminShared = `${adminPrefix}shared`;
const sharedWithAdmin = 'shared-with-admin';

/** The names of the schemas by file: that of the one group whose operations use them, or that of several. */
function groupSchemas(schemas: Record<string, Schema>, operations: readonly NamedOperation[]): Map<string, string[]> {
  const users = new Map<string, Set<string>>();
  const mark = (name: string, user: string) => {
    const known = users.get(name) ?? new Set();
    if (known.has(user)) return;
    users.set(name, known.add(user));
    const base = baseOf(name, schemas);
    for (const used of [...namesIn(schemas[name] ?? {}), ...(base ? [base] : [])]) mark(used, user);
  };
  for (const { group, operation } of operations)
    for (const name of namesIn([operation.requestBody, operation.responses])) mark(name, group);

  const groups = new Map<string, string[]>();
  for (const name of Object.keys(schemas)) {
    const [only = shared, ...others] = users.get(name) ?? [];
    const file = others.length === 0 ? only : sharedFile([only, ...others]);
    groups.set(file, [...(groups.get(file) ?? []), name]);
  }
  return groups;
}

function sharedFile(groups: readonly string[]): string {
  const admins = groups.filter((group) => group.startsWith(adminPrefix)).length;
  if (admins === 0) return shared;
  return admins === groups.length ? adminShared : sharedWithAdmin;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  tags?: string[];
  summary?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** `admin-concerts` → `AdminConcertsOperations`. */
function operationsOf(group: string): string {
  return `${group.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase())}Operations`;
}

/** One interface of a group's operations; what an operation is not given, it does not name. */
function emitOperations(group: string, operations: readonly NamedOperation[]): string {
  const all = operations.map(({ name, operation }) => emitOperation(name, operation));
  return `export interface ${operationsOf(group)} {\n${all.join('\n')}\n}`;
}

function emitOperation(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const body = requestBody?.content['application/json']?.schema;
  const orFile = requestBody?.content['text/csv'] ? ' | Blob' : '';
  const parts = [
    ...group(parameters, 'path'),
    ...group(parameters, 'query'),
    ...(body ? [`body: ${typeOf(body)}${orFile}`] : []),
    `answer: ${answerOf(responses)}`,
  ];
  return `${comment(summary)}${JSON.stringify(name)}: { ${parts.join('; ')} };`;
}

function group(parameters: Parameter[], place: string): string[] {
  const own = parameters.filter((parameter) => parameter.in === place);
  const fields = own.map(
    ({ name, required, schema = {} }) =>
      `${comment(schema.description)}${name}${required ? '' : '?'}: ${typeOf(schema)}`,
  );
  const start = fields[0]?.startsWith('/**') ? '\n' : '';
  return fields.length > 0 ? [`${place}: {${start}${fields.join(';\n')}}`] : [];
}

/** What a success brings: JSON, or the events of a stream. */
function answerOf(responses: Operation['responses']): string {
  const bodies = Object.entries(responses).flatMap(([status, { content = {} }]) => {
    const schema = (content['application/json'] ?? content['text/event-stream'])?.schema;
    return Number(status) < 300 && schema ? [typeOf(schema)] : [];
  });
  return bodies.length > 0 ? bodies.join(' | ') : 'undefined';
}
