import type { CollectionName, Models } from '../../shared/models';

/** What the command path calls of a collection, loosely typed: wrappers pass it on. */
interface Calls {
  find(
    filter: object,
    options?: object,
  ): { project(fields: object): { toArray(): Promise<Record<string, unknown>[]> } };
  bulkWrite(operations: object[], options?: object): Promise<{ matchedCount: number; insertedCount: number }>;
  insertOne(doc: object, options?: object): Promise<unknown>;
  insertMany(docs: object[], options?: object): Promise<unknown>;
}

/** The same models, some calls of one collection replaced: mishaps and planted faults come in here. */
export function wrapModels(models: Models, name: CollectionName, replace: (inner: Calls) => Partial<Calls>): Models {
  const inner = models[name].collection as unknown as Calls & object;
  const replaced = replace(inner);
  const collection = new Proxy(inner, {
    get(target, key) {
      const value = Reflect.get(key in replaced ? replaced : target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const model = new Proxy(models[name], {
    get: (target, key) => (key === 'collection' ? collection : Reflect.get(target, key)),
  });
  return { ...models, [name]: model };
}
