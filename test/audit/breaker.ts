import { type CollectionName, native } from '../../shared/models';
import type { AuditOptions } from '../../workers/audit/run-audit';
import type { Data } from '../model/system';
import type { AuditLab } from './audit-lab';

type Breakable = keyof Data & CollectionName;
type Doc<C extends Breakable> = Data[C][number];

/** Changes a database behind the product's back. */
export interface Breaker {
  now: number;
  /** A document as the commands left it. */
  one<C extends Breakable>(name: C, is?: (doc: Doc<C>) => boolean): Doc<C>;
  all<C extends Breakable>(name: C, is: (doc: Doc<C>) => boolean): Doc<C>[];
  set<C extends Breakable>(name: C, id: string, fields: { [F in keyof Doc<C>]?: unknown }): Promise<void>;
  remove(name: Breakable, id: string): Promise<void>;
  add<C extends Breakable>(name: C, doc: Doc<C>): Promise<void>;
  /** Before a unique index can be violated. */
  dropIndex(name: Breakable, index: string): Promise<void>;
}

/** How to break a promise by hand; answers the ids that one violation must name. */
export type Break = [name: string, how: (db: Breaker) => Promise<string[]>, options?: AuditOptions];

export function createBreaker({ context, data }: AuditLab): Breaker {
  const { models, clock } = context;
  const all: Breaker['all'] = (name, is) => (data[name] as Doc<typeof name>[]).filter(is);
  return {
    now: clock.now(),
    all,
    one(name, is = () => true) {
      const [found] = all(name, is);
      if (!found) throw new Error(`none of ${name} is like that`);
      return found;
    },
    async set(name, id, fields) {
      const { matchedCount } = await native(models, name).updateOne({ _id: id } as never, { $set: fields as never });
      if (matchedCount === 0) throw new Error(`${id} is not there`);
    },
    async remove(name, id) {
      await native(models, name).deleteOne({ _id: id } as never);
    },
    async add(name, doc) {
      await native(models, name).insertOne(doc as never);
    },
    async dropIndex(name, index) {
      await native(models, name).dropIndex(index);
    },
  };
}
