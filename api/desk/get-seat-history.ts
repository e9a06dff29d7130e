import { z } from 'zod';
import { commandKinds } from '../../shared/commands/catalogue';
import { commandStatuses } from '../../shared/commands/command.model';
import { type SeatDoc, seatStatuses } from '../../shared/concerts/seat.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, pathId, points, time, userId } from '../http/schemas';
import { lastRead } from './filtered-page';
import { recordLook } from './look';
import { type ExplainedStep, stepsOf } from './seat-steps';

const step = z
  .strictObject({
    at: time.meta({ description: 'When it took effect' }),
    kind: z.enum(commandKinds),
    status: z
      .enum(commandStatuses)
      .nullable()
      .meta({ description: 'Of the command; null when it is not kept any more' }),
    jobId: idOf('job').nullable(),
    requestId: z.string().nullable(),
    userId: userId.meta({ description: 'Whose hold or reservation it was' }),
    holdId: idOf('hold'),
    reservationId: idOf('res').nullable(),
  })
  .meta({ id: 'SeatStep' });

const history = z
  .strictObject({
    seat: z.strictObject({
      ...{ id: idOf('seat'), performanceId: idOf('perf'), section: z.string(), row: z.string(), number: z.int() },
      ...{ price: points, status: z.enum(seatStatuses), holdId: idOf('hold').nullable() },
    }),
    items: z.array(step).meta({ description: 'Newest first' }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'SeatHistory' });

const sold = {
  ...{ userId: 'user_5a1f0c3b9d7e2846f0a1', holdId: example.hold, reservationId: example.res, status: 'done' as const },
  requestId: 'b1f6c2de-8f0e-4f6b-9a53-0d6b5a3c9e11',
};

export const getSeatHistory = route({
  method: 'get',
  path: '/v1/admin/seats/{seatId}/history',
  tag: 'Admin',
  summary: 'What happened to a seat',
  description:
    'Every command that changed it, newest first: who held, gave back, let run out, paid and cancelled it. What was refused changed ' +
    'nothing, and is found with its user. `limit` counts how often it was held: a page has up to three steps of each. ' +
    'Holds that ended unpaid are forgotten after a while. The look is among the admin actions.',
  auth: ['admin', 'operator', 'box-office'],
  params: pathId('seatId', 'seat'),
  query: pageQuery,
  responses: {
    200: {
      description: 'The seat, and a page of its history.',
      content: content(history, {
        sold: {
          seat: {
            ...{ id: example.seat, performanceId: example.perf, section: 'A', row: 'A', number: 1, price: 1500 },
            ...{ status: 'sold', holdId: example.hold },
          },
          items: [
            { ...sold, at: '2026-11-20T19:02:10.000Z', kind: 'payment.pay', jobId: 'job_01k9yfzb71d4h6k8p2r5t7v9xy' },
            { ...sold, at: '2026-11-20T19:00:00.000Z', kind: 'hold.place', jobId: example.job },
          ],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SEAT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ user, params: { seatId }, query: { cursor, limit } }, context: ApiContext) {
    const before = lastRead(cursor);
    await recordLook(context, user, 'seat.look', seatId);
    const { models } = context;
    const [seat, holds] = await Promise.all([
      models.seats.findById(seatId).lean<SeatDoc>(),
      models.holds
        .find({ seatIds: seatId, ...(before !== null && { _id: { $lt: before } }) })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .hint({ seatIds: 1, _id: -1 })
        .lean<HoldDoc[]>(),
    ]);
    if (!seat) throw new Problem('SEAT_NOT_FOUND');
    const { items, nextCursor } = toPage(
      holds,
      limit,
      (hold) => hold,
      ({ _id }) => [_id],
    );
    const steps = await stepsOf(models, seatId, items);
    return { status: 200, body: { seat: presentSeatNow(seat), items: steps.map(presentStep), nextCursor } };
  },
});

function presentSeatNow({ _id: id, performanceId, section, row, number, price, status, holdId }: SeatDoc) {
  return { id, performanceId, section, row, number, price, status, holdId };
}

function presentStep({ at, kind, jobId, command, hold }: ExplainedStep) {
  return {
    ...{ at: at.toISOString(), kind: command?.kind ?? kind, status: command?.status ?? null, jobId },
    ...{ requestId: command?.requestId ?? null, userId: hold.userId, holdId: hold._id },
    reservationId: hold.reservationId,
  };
}
