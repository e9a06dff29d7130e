import { z } from 'zod';
import type { Models } from '../../shared/models';
import { lineId, type StandbyEntryDoc, standbyStatuses } from '../../shared/standby/standby.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, points, time } from '../http/schemas';

const entry = z
  .strictObject({
    id: idOf('standby'),
    performanceId: idOf('perf'),
    section: z.string(),
    seats: z.int(),
    maxPrice: points.nullable(),
    status: z.enum(standbyStatuses).meta({
      description:
        '`waiting`, `offered` (pay the hold in time), `taken` (paid), `lapsed`, `left`, or `skipped`: it was your turn, but see `reason`',
    }),
    position: z.int().nullable().meta({ description: 'Place in line, from 1, while it waits' }),
    length: z.int().nullable().meta({ description: 'How many wait in that line' }),
    holdId: idOf('hold').nullable().meta({ description: 'The seats that were offered' }),
    reason: z.string().nullable().meta({ description: 'The problem code that it was skipped for' }),
    joinedAt: time,
    endedAt: time.nullable(),
  })
  .meta({ id: 'Standby' });

const query = pageQuery.extend({
  performanceId: idOf('perf').optional().meta({ description: 'Only places at this performance' }),
});

export const listStandby = route({
  method: 'get',
  path: '/v1/standby',
  tag: 'Standby',
  summary: 'Your places on standby, newest first',
  description: 'Where you stand in line, what you were offered, and what became of the others.',
  auth: 'user',
  query,
  responses: {
    200: {
      description: 'A page of places.',
      content: content(pageOf(entry).meta({ id: 'StandbyPlaces' }), {
        waiting: {
          items: [
            {
              ...{ id: example.standby, performanceId: example.perf, section: 'A', seats: 2, maxPrice: 2000 },
              ...{ status: 'waiting', position: 12, length: 40, holdId: null, reason: null },
              ...{ joinedAt: '2026-11-20T19:00:00.000Z', endedAt: null },
            },
          ],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query: { limit, cursor, performanceId } }, { models }: ApiContext) {
    const after = decodeCursor(cursor, z.tuple([z.string()]));
    const found = await models.standbyEntries
      .find({
        userId: user.id,
        ...(performanceId !== undefined && { performanceId }),
        ...(after && { _id: { $lt: after[0] } }),
      })
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean<StandbyEntryDoc[]>();
    const { items, nextCursor } = toPage(
      found,
      limit,
      (doc) => doc,
      ({ _id }) => [_id],
    );
    return { status: 200, body: { items: await Promise.all(items.map((doc) => present(models, doc))), nextCursor } };
  },
});

async function present(models: Models, doc: StandbyEntryDoc): Promise<z.output<typeof entry>> {
  const { _id: id, performanceId, section, seats, maxPrice, status, holdId, reason = null } = doc;
  const place = status === 'waiting' ? await placeInLine(models, doc) : { position: null, length: null };
  return {
    ...{ id, performanceId, section, seats, maxPrice, status, ...place, holdId, reason },
    ...{ joinedAt: doc.joinedAt.toISOString(), endedAt: doc.endedAt?.toISOString() ?? null },
  };
}

/** Counted in an index that has all of it; the two are of about the same moment. */
async function placeInLine({ standbyEntries, standbyLines }: Models, entry: StandbyEntryDoc) {
  const { performanceId, section, number } = entry;
  const [ahead, line] = await Promise.all([
    standbyEntries.countDocuments({ performanceId, section, status: 'waiting', number: { $lt: number } }),
    standbyLines.findById(lineId(entry)).lean(),
  ]);
  return { position: ahead + 1, length: Math.max(ahead + 1, line?.waiting ?? 0) };
}
