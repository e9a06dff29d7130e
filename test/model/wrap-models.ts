import type { Document } from 'mongodb';
import type { CollectionName, Models } from '../../shared/models';

/** What the command path calls of a collection, loosely typed: wrappers pass it on. */
interface Calls {
  /** A statement about the collection, sent as it is. */
  command(statement: Document, options?: object): Promise<Document>;
  insertOne(doc: object, options?: object): Promise<unknown>;
  insertMany(docs: object[], options?: object): Promise<unknown>;
}

/** The same models, some calls of one collection replaced: mishaps and planted faults come in here. */
export function wrapModels(models: Models, name: CollectionName, replace: (inner: Calls) => Partial<Calls>): Models {
  const native = models[name].collection as unknown as Calls & object;
  const command: Calls['command'] = (statement, options) =>
    models[name].db.db?.command(statement, options) ?? Promise.reject(new Error('not connected'));
  const replaced = replace({ command, ...bound(native) });
  const collection = new Proxy(native, {
    get(target, key) {
      const value = Reflect.get(key in replaced ? replaced : target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const db = { db: { command: replaced.command ?? command } };
  const model = new Proxy(models[name], {
    get: (target, key) => (key === 'collection' ? collection : key === 'db' ? db : Reflect.get(target, key)),
  });
  return { ...models, [name]: model };
}

function bound(native: Calls): Pick<Calls, 'insertOne' | 'insertMany'> {
  return {
    insertOne: (doc, options) => native.insertOne(doc, options),
    insertMany: (docs, options) => native.insertMany(docs, options),
  };
}
