import { comment, type Schema, typeOf } from './type-of';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  summary?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** As much of an OpenAPI document as types are made of. */
export interface ApiDocument {
  components?: { schemas?: Record<string, Schema> };
  paths?: Record<string, Record<string, Operation>>;
}

const head = '// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.\n';

/** TypeScript of all schemas and operations of the document, not yet formatted. */
export function emitTypes({ components, paths = {} }: ApiDocument): string {
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) => `${comment(schema.description)}export ${declare(name, typeOf(schema))}`,
  );
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => emitOperation(`${method.toUpperCase()} ${path}`, operation)),
  );
  return [
    head,
    ...schemas,
    "/** Everything that the API may refuse. */\nexport type ProblemCode = Problem['code'];",
    '/** Every operation, by method and path. */',
    `export interface Operations {\n${operations.join('\n')}\n}`,
  ].join('\n\n');
}

function declare(name: string, type: string): string {
  return type.startsWith('{') ? `interface ${name} ${type}` : `type ${name} = ${type};`;
}

function emitOperation(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const body = requestBody?.content['application/json']?.schema;
  return `${comment(summary)}${JSON.stringify(name)}: {
    path: ${group(parameters, 'path')};
    query: ${group(parameters, 'query')};
    body: ${body ? typeOf(body) : 'undefined'};
    answer: ${answerOf(responses)};
  };`;
}

function group(parameters: Parameter[], place: string): string {
  const own = parameters.filter((parameter) => parameter.in === place);
  if (own.length === 0) return 'undefined';
  return typeOf({
    type: 'object',
    properties: Object.fromEntries(own.map(({ name, schema = {} }) => [name, schema])),
    required: own.flatMap(({ name, required }) => (required ? [name] : [])),
  });
}

/** What a success brings: JSON, or the events of a stream. */
function answerOf(responses: Operation['responses']): string {
  const bodies = Object.entries(responses).flatMap(([status, { content = {} }]) => {
    const schema = (content['application/json'] ?? content['text/event-stream'])?.schema;
    return Number(status) < 300 && schema ? [typeOf(schema)] : [];
  });
  return bodies.length > 0 ? bodies.join(' | ') : 'undefined';
}
