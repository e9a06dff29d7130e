import { isDeepStrictEqual } from 'node:util';

/** The part of MongoDB's query language that the command path speaks. */
export type Filter = Record<string, unknown>;

const comparisons: Record<string, (value: unknown, operand: unknown) => boolean> = {
  $in: (value, operand) => (operand as unknown[]).includes(value),
  $lte: (value, operand) => Number(value) <= Number(operand),
  $lt: (value, operand) => Number(value) < Number(operand),
  $gte: (value, operand) => Number(value) >= Number(operand),
  $gt: (value, operand) => Number(value) > Number(operand),
  $eq: (value, operand) => value === operand,
  $ne: (value, operand) => value !== operand,
  $exists: (value, operand) => (value !== undefined) === operand,
  $type: (value, operand) => (Array.isArray(value) ? value : [value]).some((one) => typeof one === operand),
};

/** @throws for an operator that is not known here: a filter must never be taken too lightly */
export function matches(doc: object, filter: Filter): boolean {
  // Most of what a sequence costs is looking through documents here: no lists are made.
  for (const path in filter) {
    const wanted = filter[path];
    const met =
      path === '$or' ? (wanted as Filter[]).some((one) => matches(doc, one)) : matchesField(valueAt(doc, path), wanted);
    if (!met) return false;
  }
  return true;
}

function matchesField(value: unknown, wanted: unknown): boolean {
  // As in MongoDB, null finds what is missing.
  if (value === wanted || (wanted === null && value === undefined)) return true;
  if (typeof wanted !== 'object' || wanted === null) return false;
  if (!isOperators(wanted)) return isDeepStrictEqual(value, wanted);
  return Object.entries(wanted).every(([name, operand]) => {
    const compare = comparisons[name];
    if (!compare) throw new Error(`the memory store does not know ${name}`);
    return compare(value, operand);
  });
}

function isOperators(wanted: unknown): wanted is Record<string, unknown> {
  for (const name in wanted as object) if (name.startsWith('$')) return true;
  return false;
}

export function valueAt(doc: object, path: string): unknown {
  const field = (value: unknown, name: string) => (value as Record<string, unknown> | undefined)?.[name];
  return path.includes('.') ? path.split('.').reduce<unknown>(field, doc) : field(doc, path);
}
