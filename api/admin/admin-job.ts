import { z } from 'zod';
import { commandKinds } from '../../shared/commands/catalogue';
import { type CommandDoc, commandStatuses } from '../../shared/commands/command.model';
import { example, idOf, time } from '../http/schemas';

/** A command as operators see it: with its lane, its owner and the reason why it failed. */
export const adminJob = z
  .strictObject({
    id: idOf('job'),
    kind: z.enum(commandKinds),
    status: z.enum(commandStatuses),
    lane: z.string().meta({ example: 'reservation-03' }),
    userId: z.string(),
    payload: z.unknown().meta({ description: 'Input of the command; a damaged one makes it fail' }),
    acceptedAt: time,
    dueAt: time,
    finishedAt: time.nullable(),
    reason: z.string().nullable().meta({ description: 'Why it was refused or failed' }),
  })
  .meta({ id: 'AdminJob' });

export function presentAdminJob(command: CommandDoc) {
  const { _id, kind, status, lane, userId, payload, acceptedAt, dueAt, finishedAt, problem } = command;
  return {
    id: _id,
    ...{ kind, status, lane, userId, payload },
    acceptedAt: acceptedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    reason: problem?.detail ?? null,
  };
}

export const failedExample = {
  id: example.job,
  kind: 'payment.pay' as const,
  status: 'failed' as const,
  lane: 'wallet-05',
  userId: 'user_5a1f0c3b9d7e2846f0a1',
  payload: { holdId: example.hold },
  acceptedAt: '2026-11-20T19:00:00.000Z',
  dueAt: '2026-11-20T19:00:00.000Z',
  finishedAt: '2026-11-20T19:00:03.100Z',
  reason: 'seats: 0 of 1 writes met what was read',
};
