import { z } from 'zod';
import type { CommandDoc } from '../../shared/commands/command.model';
import { ownKey, storeBeside, wakeLane } from '../../shared/commands/store-beside';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { commandHeaders } from '../commands/command-docs';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, pathId } from '../http/schemas';
import { someSeats } from '../reservations/cancel-reservation';
import { adminJob, presentAdminJob } from './admin-job';
import { audited } from './audited';

const body = z
  .strictObject({
    seatIds: someSeats,
    reason: z.string().trim().min(1).max(500).meta({ example: 'Double booking of a group' }),
    refund: z.union([z.enum(['full', 'none']), z.int().min(0).max(Number.MAX_SAFE_INTEGER)]).meta({
      description:
        'All that was paid for the seats, nothing, or so many points, which fill the prices of the seats in turn',
    }),
  })
  .meta({ id: 'AdminCancellation' });

export const refundReservation = route({
  method: 'post',
  path: '/v1/admin/reservations/{reservationId}/cancellation',
  tag: 'Admin',
  summary: 'Cancel seats for anybody',
  description:
    'Whole reservations or some of their seats, at any time and without a fee. It is carried out in the lane of the buyer as their own ' +
    'would be, and recorded with its reason. The job ends `refused` with `ALREADY_CANCELLED`, `SEAT_NOT_RESERVED`, or ' +
    '`REFUND_TOO_LARGE` when the seats cost less than the stated points.',
  auth: ['admin', 'box-office'],
  params: pathId('reservationId', 'res'),
  headers: commandHeaders.omit({ prefer: true }),
  body: content(body, { full: { reason: 'The row is taken out', refund: 'full' } }),
  responses: {
    202: {
      description: 'Accepted: it will be carried out whatever happens next.',
      content: content(adminJob, {
        accepted: {
          id: example.job,
          kind: 'reservation.cancel',
          status: 'accepted',
          lane: 'wallet-05',
          userId: 'user_5a1f0c3b9d7e2846f0a1',
          payload: {
            reservationId: example.res,
            override: { by: 'admin', reason: 'The row is taken out', refund: 'full' },
          },
          acceptedAt: '2026-11-20T19:00:00.000Z',
          dueAt: '2026-11-20T19:00:00.000Z',
          finishedAt: null,
          reason: null,
        },
      }),
      headers: {
        Location: 'Where the command is: `/v1/admin/jobs/{id}`',
        'Idempotency-Replayed': '`true` when this key had been used for the same request before',
      },
    },
  },
  refusals: ['ALREADY_CANCELLED', 'SEAT_NOT_RESERVED', 'REFUND_TOO_LARGE'],
  errors: ['RESERVATION_NOT_FOUND', 'IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED', 'SERVICE_UNAVAILABLE'],
  async handler({ params, headers, body: asked, user }, context: ApiContext) {
    const { 'idempotency-key': key } = headers;
    if (!key) throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
    context.kindGate.check('reservation.cancel');
    const { command, replayed } = await storeRefund(context, user.id, params.reservationId, key, asked);
    if (command.status === 'accepted') await wakeLane(context, command);
    return {
      status: 202,
      headers: { Location: `/v1/admin/jobs/${command._id}`, ...(replayed && { 'Idempotency-Replayed': 'true' }) },
      body: presentAdminJob(command),
    };
  },
});

/** The command and its record, both or neither. @throws Problem RESERVATION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED */
async function storeRefund(
  context: ApiContext,
  adminId: string,
  reservationId: string,
  key: string,
  { seatIds, reason, refund }: z.output<typeof body>,
): Promise<{ command: CommandDoc; replayed: boolean }> {
  return audited<{ command: CommandDoc; replayed: boolean }>(
    context,
    { adminId, action: 'reservation.cancel', target: reservationId },
    async (session) => {
      const found = await native(context.models, 'reservations').findOne({ _id: reservationId }, { session });
      if (!found) throw new Problem('RESERVATION_NOT_FOUND');
      const { userId, performanceId, holdId, seatIds: owned, cancelled = [] } = found;
      const reservedSeatIds = [...owned, ...cancelled.map(({ seatId }) => seatId)];
      const payload = {
        ...{ reservationId, ...(seatIds && { seatIds }), performanceId, holdId, reservedSeatIds },
        override: { by: adminId, reason, refund },
      };
      const request = { kind: 'reservation.cancel', payload, userId, key: ownKey('operator', adminId, key) } as const;
      const { command, isNew } = await storeBeside(context, session, request);
      if (!isNew) return { value: { command, replayed: true }, details: null };
      const details = { job: command._id, userId, seatIds: seatIds ?? owned, reason, refund };
      return { value: { command, replayed: false }, details };
    },
  );
}
