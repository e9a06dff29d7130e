import type { Db, Document } from 'mongodb';
import type { Recorded } from './record';

/** What a statement costs on the large database. */
export interface Plan extends Recorded {
  indexes: string[];
  keys: number;
  docs: number;
  returned: number;
  /** What is wrong with it; empty: it is served by an index. */
  faults: string[];
}

/** Keys or documents that may be read for each that is returned. */
const mostPerReturned = 10;

/** The worst of the examples. */
export async function explain(db: Db, recorded: Recorded): Promise<Plan> {
  let worst: Plan | undefined;
  for (const command of recorded.commands) {
    const plan = await explainOne(db, recorded, command);
    if (!worst || ratioOf(plan) > ratioOf(worst) || plan.faults.length > worst.faults.length) worst = plan;
  }
  if (!worst) throw new Error('nothing was recorded');
  return worst;
}

const ratioOf = ({ keys, docs, returned }: Plan) => Math.max(keys, docs) / Math.max(1, returned);

async function explainOne(db: Db, recorded: Recorded, command: Document): Promise<Plan> {
  const answer = await db.command({ explain: command, verbosity: 'executionStats' });
  const found = { indexes: new Set<string>(), keys: 0, docs: 0, returned: 0, scans: false, sorts: false };
  collect(answer, found);
  const faults = [
    ...(found.scans ? ['reads the whole collection'] : []),
    ...(found.sorts ? ['sorts in memory'] : []),
    ...(Math.max(found.keys, found.docs) > mostPerReturned * Math.max(1, found.returned)
      ? [`reads more than ${mostPerReturned} times what it returns`]
      : []),
  ];
  const { keys, docs, returned } = found;
  return { ...recorded, ...{ keys, docs, returned, faults }, indexes: [...found.indexes].sort() };
}

interface Found {
  indexes: Set<string>;
  keys: number;
  docs: number;
  returned: number;
  scans: boolean;
  sorts: boolean;
}

/** Walks all that was carried out; not the plans that were rejected. */
function collect(node: unknown, found: Found): void {
  if (node === null || typeof node !== 'object') return;
  const fields = node as Document;
  if (fields.executionStages) {
    found.keys += Number(fields.totalKeysExamined);
    found.docs += Number(fields.totalDocsExamined);
    found.returned += returnedOf(fields);
  }
  // A `$lookup` counts for itself.
  if (fields.$lookup && fields.totalKeysExamined !== undefined) {
    found.keys += Number(fields.totalKeysExamined);
    found.docs += Number(fields.totalDocsExamined);
    found.returned += Number(fields.totalDocsExamined);
    for (const index of fields.indexesUsed ?? []) found.indexes.add(String(index));
    if (Number(fields.collectionScans) > 0) found.scans = true;
  }
  // Of the two engines, one has its stages in small letters.
  if (['COLLSCAN', 'scan'].includes(fields.stage)) found.scans = true;
  if (
    ['SORT', 'sort'].includes(fields.stage) ||
    (fields.$sort && fields.totalDataSizeSortedBytesEstimate !== undefined)
  )
    found.sorts = true;
  if (typeof fields.indexName === 'string') found.indexes.add(fields.indexName);
  if (fields.stage === 'IDHACK') found.indexes.add('_id_');
  for (const [name, value] of Object.entries(fields))
    if (!['rejectedPlans', 'allPlansExecution', 'command', 'serverInfo', 'winningPlan'].includes(name))
      collect(value, found);
}

/** An update returns nothing: what it met counts. */
function returnedOf({ nReturned, executionStages }: Document): number {
  const { nMatched = 0, nWouldDelete = 0 } = executionStages;
  return Math.max(Number(nReturned), Number(nMatched), Number(nWouldDelete));
}
