import { z } from 'zod';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import { adminJob, failedExample, presentAdminJob } from '../admin/admin-job';
import { hold, holdExample, presentHold } from '../holds/hold';
import { example, idOf, time, userId } from '../http/schemas';
import { presentReservation, reservation, reservationExample } from '../reservations/list-reservations';

/** A hold as its user sees it, and whose it is. */
export const foundHold = hold
  .extend({ userId, endedAt: time.nullable(), jobId: idOf('job') })
  .meta({ id: 'FoundHold' });

export const foundHoldExample = {
  ...holdExample,
  ...{ userId: 'user_5a1f0c3b9d7e2846f0a1', endedAt: null, jobId: example.job },
};

export function presentFoundHold(doc: HoldDoc) {
  const { userId: owner, endedAt, commandId } = doc;
  return { ...presentHold(doc), userId: owner, endedAt: endedAt?.toISOString() ?? null, jobId: commandId };
}

export const foundReservation = reservation
  .extend({ userId, concertId: idOf('concert'), holdId: idOf('hold'), jobId: idOf('job') })
  .meta({ id: 'FoundReservation' });

export const foundReservationExample = {
  ...reservationExample,
  ...{ userId: 'user_5a1f0c3b9d7e2846f0a1', concertId: example.concert, holdId: example.hold, jobId: example.job },
};

export function presentFoundReservation(doc: ReservationDoc) {
  const { userId: owner, concertId, holdId, commandId } = doc;
  return { ...presentReservation(doc), userId: owner, concertId, holdId, jobId: commandId };
}

/** A command as operators see it, with the request that it came from, and its outcome. */
export const foundJob = adminJob
  .extend({
    requestId: z.string().nullable().meta({ description: '`X-Request-Id`; null for commands of the product itself' }),
    code: z.string().nullable().meta({ description: 'The problem code, if it was refused or failed' }),
    result: z.record(z.string(), z.unknown()).nullable().meta({ description: 'What it gave, if it is done' }),
  })
  .meta({ id: 'FoundJob' });

export const foundJobExample = {
  ...failedExample,
  ...{ status: 'refused' as const, reason: 'Taken: perf_demo_1-A-1.', code: 'SEAT_TAKEN', result: null },
  ...{ kind: 'hold.place' as const, requestId: 'request_01kb6z3v0qf9w2c8n4d5x7y1ta' },
};

export function presentFoundJob(command: CommandDoc) {
  const { requestId = null, problem, result } = command;
  return { ...presentAdminJob(command), requestId, code: problem?.code ?? null, result };
}
