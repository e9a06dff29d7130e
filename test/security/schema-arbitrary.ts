import fc from 'fast-check';

/** The part of JSON Schema that the OpenAPI document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
  example?: unknown;
}

export type Schemas = Record<string, Schema>;

/** Values that fit a schema, edges included; the example often, since most random ids lead nowhere. */
export function fitting(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const arbitrary = anyFitting(schema, schemas);
  if (schema.example === undefined) return arbitrary;
  return fc.oneof({ weight: 3, arbitrary: fc.constant(schema.example) }, { weight: 1, arbitrary });
}

function anyFitting(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  if (name) return fitting(schemas[name] ?? {}, schemas);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, schemas)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, schemas)));
}

function ofType(type: string, schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const { minimum = -1e9, maximum = 1e9, minItems = 0, maxItems = 8, minLength = 0, maxLength = 120 } = schema;
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) });
  if (type === 'number') return fc.double({ min: minimum, max: maximum, noNaN: true });
  if (type === 'array')
    return fc.array(fitting(schema.items ?? {}, schemas), { minLength: minItems, maxLength: maxItems });
  if (type === 'object') return objectOf(schema, schemas);
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern));
  return fc.string({ minLength, maxLength, unit: 'grapheme' });
}

function objectOf({ properties = {}, required = [] }: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, property]) => [name, fitting(property, schemas)]);
  const all: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
  return fc.record(all, { requiredKeys: required });
}

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, '', ' ', 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [[]], '\0', '__proto__'),
  fc.constantFrom({ $ne: null }, { $gt: '' }, { $where: '1' }, 'x'.repeat(5000), '\ud800', '‮', '1; drop'),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A value with something changed in it: a field lost, added, or filled with something nasty. */
export function spoilt(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, fc.constantFrom('lose', 'add', 'replace', 'all'), fc.nat(), nasty)
    .map(([good, how, at, bad]) => {
      if (how === 'all' || typeof good !== 'object' || good === null || Array.isArray(good)) return bad;
      const names = Object.keys(good);
      const name = names[at % Math.max(1, names.length)] ?? 'nothing';
      if (how === 'add') return { ...good, [`x${at % 10}`]: bad };
      if (how === 'replace') return { ...good, [name]: bad };
      return Object.fromEntries(Object.entries(good).filter(([each]) => each !== name));
    });
}
