import { z } from 'zod';
import { ownKey, storeBeside, wakeLane } from '../../shared/commands/store-beside';
import { Problem } from '../../shared/platform/errors';
import { audited } from '../admin/audited';
import { acceptErrors, acceptedResponse, commandHeaders } from '../commands/command-docs';
import { presentJob, retryAfter } from '../commands/job';
import type { ApiContext } from '../context';
import { locateSeats } from '../holds/place-hold';
import { content } from '../http/endpoint';
import { preferredWait } from '../http/prefer';
import { route } from '../http/route';
import { example, idOf, pathId, points, seatIdsOf, userId } from '../http/schemas';
import { lineOfText } from '../http/text';

/** As many as a reservation can be cancelled seat by seat of. */
const maxSeatIds = 50;

const body = z
  .strictObject({
    userId,
    seatIds: seatIdsOf(maxSeatIds),
    reason: lineOfText(500),
  })
  .meta({ id: 'ComplimentaryRequest' });

const result = z.strictObject({ reservationId: idOf('res'), seatIds: z.array(idOf('seat')), amount: points });
const refusals = ['SEAT_TAKEN', 'PERFORMANCE_CANCELLED'] as const;
const given = { reservationId: example.res, seatIds: [example.seat], amount: 0 };
const accepted = acceptedResponse('reservation.issue', content(result, { given }), refusals);

export const issueReservationRoute = route({
  method: 'post',
  path: '/v1/admin/performances/{performanceId}/complimentary',
  tag: 'Admin',
  summary: 'Give seats to a user',
  description:
    'Complimentary seats of one section, all or none, free or blocked ones: a reservation of theirs that takes no points, whatever ' +
    'the line is, also after the start. They count neither for nor against `MAX_SEATS_PER_USER`. Its owner may cancel it as any other, ' +
    'and nothing comes back; its seats are on sale then, also those that were blocked. Recorded with its reason. A key is yours for ' +
    'that user. One who was never seen gets it all the same: mind the id.',
  auth: ['admin', 'box-office'],
  params: pathId('performanceId', 'perf'),
  headers: commandHeaders,
  body: content(body, {
    guest: { userId: 'user_5a1f0c3b9d7e2846f0a1', seatIds: [example.seat], reason: 'Guest of the band' },
  }),
  responses: {
    202: { ...accepted, headers: { ...accepted.headers, Location: 'Where the command is: `/v1/admin/jobs/{id}`' } },
  },
  refusals,
  errors: [
    ...acceptErrors.filter((code) => code !== 'OVERLOADED'),
    ...(['PERFORMANCE_NOT_FOUND', 'SEAT_NOT_FOUND', 'SEATS_IN_SEVERAL_SECTIONS'] as const),
  ],
  async handler({ user, params: { performanceId }, body: asked, headers: sent, requestId }, context: ApiContext) {
    const { 'idempotency-key': key, prefer } = sent;
    if (!key) throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
    context.kindGate.check('reservation.issue');
    const where = await locateSeats(context, performanceId, asked.seatIds);
    const issue = { ...asked, ...where, performanceId, by: user.id, key, requestId };
    const { command, isNew } = await storeIssue(context, issue);
    if (isNew) await wakeLane(context, command);
    const seconds = preferredWait(prefer, context.config.MAX_WAIT_SECONDS);
    const job = seconds === null ? command : await context.outcomes.wait(command, seconds * 1000);
    return {
      status: 202 as const,
      headers: {
        Location: `/v1/admin/jobs/${command._id}`,
        ...(!isNew && { 'Idempotency-Replayed': 'true' }),
        ...(seconds !== null && { 'Preference-Applied': `wait=${seconds}` }),
        ...retryAfter(job),
      },
      body: { ...presentJob(job), kind: 'reservation.issue' as const, result: job.result as never },
    };
  },
});

interface Issue extends z.output<typeof body> {
  concertId: string;
  performanceId: string;
  section: string;
  by: string;
  key: string;
  requestId: string;
}

/** The command, which is the user's, and the record of the action, together or not at all. */
function storeIssue(context: ApiContext, { userId: owner, seatIds, reason, by, key, requestId, ...where }: Issue) {
  const actionId = context.newId('act');
  const action = { _id: actionId, adminId: by, action: 'reservation.issue', target: where.performanceId } as const;
  return audited(context, action, async (session) => {
    const payload = { ...where, seatIds, by, reason, actionId };
    const request = {
      kind: 'reservation.issue',
      payload,
      userId: owner,
      key: ownKey('operator', by, key),
      requestId,
    } as const;
    const value = await storeBeside(context, session, request);
    return { value, details: value.isNew ? { userId: owner, seatIds, reason, jobId: value.command._id } : null };
  });
}
