import { type BulkWriteResult, MongoBulkWriteError, MongoServerError } from 'mongodb';
import mongoose from 'mongoose';
import { bindModels, type CollectionName } from '../../../shared/models';
import { type Filter, matches, valueAt } from './matches';

/** A unique index as a schema declares it. */
export interface UniqueIndex {
  fields: string[];
  partial: Filter;
}

/** The product's own unique indexes, read from its schemas. */
export const uniqueIndexes: ReadonlyMap<string, UniqueIndex[]> = new Map(
  Object.entries(bindModels(mongoose.createConnection())).map(([name, model]) => [
    name,
    model.schema
      .indexes()
      .filter(([, options]) => options.unique)
      .map(([fields, options]) => ({
        fields: Object.keys(fields),
        partial: (options.partialFilterExpression ?? {}) as Filter,
      })),
  ]),
);

/** @throws MongoServerError 11000, as MongoDB does, when a document would stand where another one does */
export function demandUnique(
  name: CollectionName,
  indexes: readonly UniqueIndex[],
  docs: Iterable<{ _id: string }>,
  doc: { _id: string },
): void {
  const demanded = indexes.filter(({ partial }) => matches(doc, partial));
  if (demanded.length === 0) return;
  const keys = demanded.map(({ fields }) => keysOf(doc, fields));
  for (const other of docs) {
    if (other._id === doc._id) continue;
    for (const [i, { fields, partial }] of demanded.entries())
      if (matches(other, partial) && keysOf(other, fields).some((key) => keys[i]?.includes(key)))
        throw duplicateKey(`${name} ${fields.join('+')}: ${doc._id} clashes with ${other._id}`);
  }
}

export function duplicateKey(message: string): MongoServerError {
  return new MongoServerError({ message: `E11000 duplicate key: ${message}`, code: 11000 });
}

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000;
}

/** What the driver throws for several inserts: it names those that were refused by their places. */
export function duplicateKeys(name: string, refused: readonly number[]): MongoBulkWriteError {
  const writeErrors = refused.map((index) => ({ index, code: 11000 }));
  const message = `E11000 duplicate key: ${name}, documents ${refused.join()}`;
  return new MongoBulkWriteError({ message, code: 11000, writeErrors } as never, {} as BulkWriteResult);
}

/** One key for each element of an array, as a multikey index has them. */
function keysOf(doc: object, fields: readonly string[]): string[] {
  const [first = ''] = fields;
  const value = valueAt(doc, first);
  if (Array.isArray(value)) return value.map(String);
  return [fields.map((field) => String(valueAt(doc, field))).join('\u0000')];
}
