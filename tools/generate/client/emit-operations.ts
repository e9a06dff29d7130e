import { comment, type Schema, typeOf } from './type-of';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

export interface Operation {
  tags?: string[];
  summary?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** One interface of all operations; what an operation is not given, it does not name. */
export function emitOperations(paths: Record<string, Record<string, Operation>>): string {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => emitOperation(`${method.toUpperCase()} ${path}`, operation)),
  );
  return `/** Every operation, by method and path. */\nexport interface Operations {\n${all.join('\n')}\n}`;
}

function emitOperation(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const body = requestBody?.content['application/json']?.schema;
  const parts = [
    ...group(parameters, 'path'),
    ...group(parameters, 'query'),
    ...(body ? [`body: ${typeOf(body)}`] : []),
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
