import { z } from 'zod';
import type { CommandDoc } from '../../shared/commands/command.model';
import { type SeatDoc, seatStatuses } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { derivedId } from '../../shared/platform/ids';
import type { PointEntryDoc } from '../../shared/points/point-entry.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, userId } from '../http/schemas';
import { entryExamples, pointEntry, presentEntry } from '../points/list-point-entries';
import { mostRead } from './filtered-page';
import { foundJob, foundJobExample, presentFoundJob } from './found';
import { recordLook } from './look';

const entry = pointEntry.extend({ userId }).meta({ id: 'FoundEntry' });
const seat = z
  .strictObject({ id: idOf('seat'), status: z.enum(seatStatuses), holdId: idOf('hold').nullable() })
  .meta({ id: 'FoundSeat' });
const explained = foundJob
  .extend({
    entries: z.array(entry).meta({ description: 'That it wrote into the ledger' }),
    seats: z.array(seat).meta({ description: 'That it is about, as they are now' }),
  })
  .meta({ id: 'ExplainedJob' });

export const explainRequest = route({
  method: 'get',
  path: '/v1/admin/requests/{requestId}',
  tag: 'Admin',
  summary: 'What became of a request',
  description:
    'The commands that came from requests with this `X-Request-Id`, oldest first: the outcome of each, its entries in the ledger, and ' +
    'its seats. A repeat of a request with the same key has no command of its own. The look is among the admin actions.',
  auth: ['admin', 'operator', 'box-office'],
  params: z.strictObject({
    requestId: z
      .string()
      .regex(/^[\w.:-]{1,128}$/)
      .meta({ example: foundJobExample.requestId }),
  }),
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of commands.',
      content: content(pageOf(explained).meta({ id: 'ExplainedJobs' }), {
        refused: {
          items: [
            { ...foundJobExample, entries: [], seats: [{ id: example.seat, status: 'held', holdId: example.hold }] },
          ],
          nextCursor: null,
        },
        paid: {
          items: entryExamples.slice(0, 1).map((one) => ({
            ...{ ...foundJobExample, kind: 'payment.pay' as const, status: 'done' as const, reason: null, code: null },
            ...{ result: { amount: 1500 }, entries: [{ ...one, userId: foundJobExample.userId }], seats: [] },
          })),
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['REQUEST_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ user, params: { requestId }, query: { cursor, limit } }, context: ApiContext) {
    const after = decodeCursor(cursor, z.tuple([z.string()]))?.[0];
    await recordLook(context, user, 'request.look', requestId);
    const { models } = context;
    // The index has ids that are strings only, and serves only a query with the same condition.
    const all = await models.commands
      .find({ requestId: { $eq: requestId, $type: 'string' } })
      .limit(mostRead)
      .lean<CommandDoc[]>();
    if (all.length === 0) throw new Problem('REQUEST_NOT_FOUND');
    const found = all.sort((a, b) => (a._id < b._id ? -1 : 1)).filter(({ _id }) => after === undefined || _id > after);
    const shown = found.slice(0, limit);
    const [entries, seats] = await Promise.all([entriesOf(models, shown), seatsOf(models, shown)]);
    const explain = (command: CommandDoc) => ({
      ...presentFoundJob(command),
      entries: entries.filter(({ commandId }) => commandId === command._id).map(presentFoundEntry),
      seats: seatIdsOf(command).flatMap((id) => seats.get(id) ?? []),
    });
    return { status: 200, body: toPage(found, limit, explain, ({ _id }) => [_id]) };
  },
});

/** Their ids follow from those of the commands. */
async function entriesOf(models: Models, commands: readonly CommandDoc[]): Promise<PointEntryDoc[]> {
  const ids = commands.flatMap(({ _id }) => [derivedId('entry', _id), derivedId('debt', _id)]);
  return models.pointEntries
    .find({ _id: { $in: ids } })
    .sort({ _id: 1 })
    .lean<PointEntryDoc[]>();
}

function presentFoundEntry(doc: PointEntryDoc) {
  return { ...presentEntry(doc), userId: doc.userId };
}

async function seatsOf(models: Models, commands: readonly CommandDoc[]) {
  const ids = [...new Set(commands.flatMap(seatIdsOf))];
  const found = await models.seats.find({ _id: { $in: ids } }).lean<SeatDoc[]>();
  return new Map(found.map(({ _id: id, status, holdId }) => [id, { id, status, holdId }]));
}

const about = z.object({ seatIds: z.array(z.string()).optional(), reservedSeatIds: z.array(z.string()).optional() });

/** As its payload names them: a damaged one names none. */
function seatIdsOf({ payload }: CommandDoc): string[] {
  const { seatIds, reservedSeatIds = [] } = about.safeParse(payload).data ?? {};
  return seatIds ?? reservedSeatIds;
}
