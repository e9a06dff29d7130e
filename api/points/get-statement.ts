import { z } from 'zod';
import type { Models } from '../../shared/models';
import type { PointEntryDoc } from '../../shared/points/point-entry.model';
import type { ApiContext } from '../context';
import { csvOf } from '../http/csv';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { points, time } from '../http/schemas';
import { entryExamples, pointEntry, presentEntry } from './list-point-entries';

/** Entries of one statement: what is more is for the history, page by page, or for several statements. */
const maxEntries = 5000;
const usualMs = 30 * 24 * 3600_000;

const statement = z
  .strictObject({
    from: time,
    to: time,
    opening: points.meta({ description: 'Balance before the first entry' }),
    closing: points.meta({ description: 'Balance after the last one' }),
    entries: z.array(pointEntry).meta({ description: 'Oldest first' }),
  })
  .meta({ id: 'Statement' });

const columns = ['at', 'kind', 'amount', 'balanceAfter', 'seq', 'jobId', 'paymentId'] as const;

export const getStatement = route({
  method: 'get',
  path: '/v1/points/statement',
  tag: 'Point',
  summary: 'Your ledger of a stretch of time',
  description: `From \`from\` (included) to \`to\` (excluded), at most ${maxEntries} entries; statements that adjoin leave nothing out.`,
  auth: 'user',
  query: z.strictObject({
    from: time.optional().meta({ description: 'Thirty days before `to` by default' }),
    to: time.optional().meta({ description: 'Now by default' }),
    format: z.enum(['json', 'csv']).default('json').meta({ description: '`csv`: a line an entry, for spreadsheets' }),
  }),
  responses: {
    200: {
      description: 'The statement.',
      content: content(statement, {
        month: {
          ...{ from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z', opening: 0, closing: 48_500 },
          entries: entryExamples.toReversed(),
        },
      }),
      csv: `${columns.join(',')}\r\n`,
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query }, { models, find, clock }: ApiContext) {
    const to = new Date(query.to ?? clock.now());
    const from = new Date(query.from ?? to.getTime() - usualMs);
    if (from > to) throw invalid([{ path: 'query.to', message: 'Must not be before `from`' }]);
    const last = (await find.wallets(user.id))?.seq ?? 0;
    const [first, end] = [await firstSince(models, user.id, last, from), await firstSince(models, user.id, last, to)];
    if (end - first > maxEntries)
      throw invalid([{ path: 'query.from', message: `More than ${maxEntries} entries: ask for less time` }]);
    const seq = { $gte: first - 1, $lt: end };
    const found = await models.pointEntries.find({ userId: user.id, seq }).sort({ seq: 1 }).lean<PointEntryDoc[]>();
    const before = found[0]?.seq === first - 1 ? found.shift() : undefined;
    const entries = found.map(presentEntry);
    if (query.format === 'csv')
      return { status: 200, bytes: Buffer.from(csvOf(columns, entries)), type: 'text/csv; charset=utf-8' };
    const opening = before?.balanceAfter ?? 0;
    const closing = entries.at(-1)?.balanceAfter ?? opening;
    return { status: 200, body: { from: from.toISOString(), to: to.toISOString(), opening, closing, entries } };
  },
});

/**
 * The number of the first entry that was made at that time or later; one more than there are if none was. Times increase
 * with numbers, so a handful of them is read, however long the ledger is.
 */
async function firstSince(models: Models, userId: string, last: number, time: Date): Promise<number> {
  let [low, high] = [1, last + 1];
  while (low < high) {
    const seq = Math.floor((low + high) / 2);
    const entry = await models.pointEntries.findOne({ userId, seq }, { at: 1 }).lean<Pick<PointEntryDoc, 'at'>>();
    if (entry && entry.at >= time) high = seq;
    else low = seq + 1;
  }
  return low;
}
