/** As much of JSON Schema as the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  description?: string;
}

const plain: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** A schema as a TypeScript type. @throws Error for what it does not know, rather than to guess */
export function typeOf(schema: Schema): string {
  const { $ref, enum: values, anyOf, oneOf, type } = schema;
  if ($ref) return $ref.replace('#/components/schemas/', '');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  const several = anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((one) => ({ ...schema, type: one })) : undefined);
  if (several) return several.map(typeOf).join(' | ');
  if (type === 'array') return `(${typeOf(schema.items ?? {})})[]`;
  if (type === 'object') return objectOf(schema);
  if (Object.keys(schema).every((key) => key === 'description')) return 'unknown';
  const known = plain[String(type)];
  if (!known) throw new Error(`no type for ${JSON.stringify(schema)}`);
  return known;
}

/** The named schemas that a part of the document refers to by itself. */
export function namesIn(part: unknown): Set<string> {
  return new Set(
    Array.from(JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g), ([, name = '']) => name),
  );
}

function objectOf({ properties = {}, required = [], additionalProperties: others }: Schema): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const optional = required.includes(name) ? '' : '?';
    return `${comment(schema.description)}${JSON.stringify(name)}${optional}: ${typeOf(schema)};`;
  });
  if (typeof others === 'object') fields.push(`[name: string]: ${typeOf(others)};`);
  return `{\n${fields.join('\n')}\n}`;
}

export function comment(text: string | undefined): string {
  return text ? `/** ${text.replaceAll('*/', '*\\/').split('\n')[0]} */\n` : '';
}
