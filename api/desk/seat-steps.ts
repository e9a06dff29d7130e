import { type CommandDoc, finishedOfUser } from '../../shared/commands/command.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Models } from '../../shared/models';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';

/** What one command did to a seat. Its command may be gone: holds are kept longer, and paid ones for ever. */
interface SeatStep {
  kind: 'hold.place' | 'hold.release' | 'hold.expire' | 'payment.pay' | 'reservation.cancel' | 'reservation.issue';
  at: Date;
  /** Null when the command that did it is not known any more. */
  jobId: string | null;
  hold: HoldDoc;
}

export interface ExplainedStep extends SeatStep {
  command: CommandDoc | null;
}

/**
 * What became of a seat in these holds of it, newest first: how each was placed, how it ended, and how its seat was given up. By the
 * holds and reservations, and commands by their ids: so no command pays for an index of seats.
 */
export async function stepsOf(models: Models, seatId: string, holds: readonly HoldDoc[]): Promise<ExplainedStep[]> {
  const [reservations, releases] = await Promise.all([readReservations(models, holds), readReleases(models, holds)]);
  const steps = holds.flatMap((hold) => {
    const reservation = reservations.get(hold._id);
    return [...givenUp(seatId, hold, reservation), ...ended(hold, reservation, releases), ...placed(hold)];
  });
  const ids = steps.flatMap(({ jobId }) => jobId ?? []);
  const commands = await models.commands.find({ _id: { $in: ids } }).lean<CommandDoc[]>();
  const byId = new Map(commands.map((command) => [command._id, command]));
  return steps.map((step) => ({ ...step, command: byId.get(step.jobId ?? '') ?? null }));
}

function placed(hold: HoldDoc): SeatStep[] {
  const kind = hold.complimentary ? 'reservation.issue' : 'hold.place';
  return [{ kind, at: hold.placedAt, jobId: hold.commandId, hold }];
}

function ended(
  hold: HoldDoc,
  reservation: ReservationDoc | undefined,
  releases: ReadonlyMap<string, string>,
): SeatStep[] {
  const { status, endedAt: at } = hold;
  if (status === 'held' || at === null) return [];
  if (status === 'expired') return [{ kind: 'hold.expire', at, jobId: hold.expireCommandId, hold }];
  if (status === 'released') return [{ kind: 'hold.release', at, jobId: releases.get(hold._id) ?? null, hold }];
  // Complimentary seats are held and given by one command.
  if (reservation?.commandId === hold.commandId) return [];
  return [{ kind: 'payment.pay', at, jobId: reservation?.commandId ?? null, hold }];
}

function givenUp(seatId: string, hold: HoldDoc, reservation: ReservationDoc | undefined): SeatStep[] {
  const cancelled = reservation?.cancelled?.find((seat) => seat.seatId === seatId);
  return cancelled ? [{ kind: 'reservation.cancel', at: cancelled.at, jobId: cancelled.commandId, hold }] : [];
}

async function readReservations(
  models: Models,
  holds: readonly HoldDoc[],
): Promise<ReadonlyMap<string, ReservationDoc>> {
  const ids = holds.flatMap(({ reservationId }) => reservationId ?? []);
  const found = await models.reservations.find({ _id: { $in: ids } }).lean<ReservationDoc[]>();
  return new Map(found.map((reservation) => [reservation.holdId, reservation]));
}

/** No hold names the command that released it: it is its user's, and became final in the instant in which the hold ended. */
async function readReleases(models: Models, holds: readonly HoldDoc[]): Promise<ReadonlyMap<string, string>> {
  const released = holds.filter(({ status, endedAt }) => status === 'released' && endedAt !== null);
  if (released.length === 0) return new Map();
  const $or = released.map(({ userId, endedAt }) => ({
    userId,
    key: { $type: 'string' as const },
    finishedAt: endedAt,
  }));
  const found = await models.commands.find({ $or }).hint(finishedOfUser).lean<CommandDoc[]>();
  const releases = found.filter(({ kind, status }) => kind === 'hold.release' && status === 'done');
  return new Map(releases.map(({ payload, _id }) => [String((payload as { holdId?: unknown }).holdId), _id]));
}
