import { z } from 'zod';
import { commandKinds } from '../../shared/commands/catalogue';
import { commandStatuses } from '../../shared/commands/command.model';
import { type SeatDoc, seatStatuses } from '../../shared/concerts/seat.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { pageQuery } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, pathId, points, time, userId } from '../http/schemas';
import { recordLook } from './look';
import { pageBefore, readSteps } from './seat-pages';
import type { ExplainedStep } from './seat-steps';

const step = z
  .strictObject({
    at: time.meta({ description: 'When it took effect; while it waits, when it was asked for' }),
    kind: z.enum(commandKinds),
    status: z
      .enum(commandStatuses)
      .nullable()
      .meta({ description: 'Of the command; null when it is not kept any more' }),
    jobId: idOf('job').nullable(),
    requestId: z.string().nullable(),
    userId: userId.meta({ description: 'Whose hold or reservation it was; of a block, the operator' }),
    holdId: idOf('hold').nullable().meta({ description: 'Null: it was about a block' }),
    reservationId: idOf('res').nullable(),
    blockId: idOf('block').nullable(),
    changed: z
      .boolean()
      .meta({ description: 'False: a block left the seat alone, or nothing has come of its command' }),
    left: z.enum(seatStatuses).nullable().meta({ description: 'What the seat was when it was not blocked for that' }),
  })
  .meta({ id: 'SeatStep' });

const history = z
  .strictObject({
    seat: z.strictObject({
      ...{ id: idOf('seat'), performanceId: idOf('perf'), section: z.string(), row: z.string(), number: z.int() },
      ...{ price: points, status: z.enum(seatStatuses), holdId: idOf('hold').nullable() },
      blockId: idOf('block').nullable(),
    }),
    items: z.array(step).meta({ description: 'Newest first' }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'SeatHistory' });

const sold = {
  ...{ userId: 'user_5a1f0c3b9d7e2846f0a1', holdId: example.hold, reservationId: example.res, status: 'done' as const },
  ...{ requestId: 'request_01kb6z3v0qf9w2c8n4d5x7y1ta', blockId: null, changed: true, left: null },
};

export const getSeatHistory = route({
  method: 'get',
  path: '/v1/admin/seats/{seatId}/history',
  tag: 'Admin',
  summary: 'What happened to a seat',
  description:
    'Every command that changed it, newest first: who held, gave back, let run out, paid and cancelled it, and what blocked and freed ' +
    'it. Commands of blocks that left it alone are named too, with `changed: false`. Of blocks the latest 1,000 of its date are looked at, and 5,000 ' +
    'commands of them in its section; the one that it has now always. ' +
    'What else was refused changed nothing, and is found with its user. Holds that ended unpaid are forgotten after a while, and ' +
    'commands. The look is among the admin actions.',
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
            ...{ status: 'sold', holdId: example.hold, blockId: null },
          },
          items: [
            { ...sold, at: '2026-11-20T19:02:10.000Z', kind: 'payment.pay', jobId: 'job_01k9yfzb71d4h6k8p2r5t7v9xy' },
            { ...sold, at: '2026-11-20T19:00:00.000Z', kind: 'hold.place', jobId: example.job },
          ],
          nextCursor: null,
        },
        blocked: {
          seat: {
            ...{ id: 'perf_demo_1-A-2', performanceId: example.perf, section: 'A', row: 'A', number: 2, price: 1500 },
            ...{ status: 'blocked', holdId: null, blockId: example.block },
          },
          items: [
            {
              ...{ ...sold, at: '2026-11-20T12:00:00.250Z', kind: 'seat.block', jobId: example.job },
              ...{ userId: 'user_8c6976e5b5410415bde9', holdId: null, reservationId: null, blockId: example.block },
            },
          ],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SEAT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ user, params: { seatId }, query: { cursor, limit } }, context: ApiContext) {
    const page = pageBefore(cursor);
    await recordLook(context, user, 'seat.look', seatId);
    const { models } = context;
    const seat = await models.seats.findById(seatId).lean<SeatDoc>();
    if (!seat) throw new Problem('SEAT_NOT_FOUND');
    const { steps, nextCursor } = await readSteps(models, seat, page, limit);
    return { status: 200, body: { seat: presentSeatNow(seat), items: steps.map(presentStep), nextCursor } };
  },
});

function presentSeatNow({ _id: id, performanceId, section, row, number, price, status, holdId, blockId }: SeatDoc) {
  return { id, performanceId, section, row, number, price, status, holdId, blockId: blockId ?? null };
}

function presentStep({ at, kind, jobId, userId: who, command, hold, blockId, changed, left }: ExplainedStep) {
  return {
    ...{ at: at.toISOString(), kind: command?.kind ?? kind, status: command?.status ?? null, jobId },
    ...{ requestId: command?.requestId ?? null, userId: who, holdId: hold?._id ?? null },
    ...{ reservationId: hold?.reservationId ?? null, blockId, changed, left },
  };
}
