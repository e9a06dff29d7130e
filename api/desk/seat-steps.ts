import type { CommandKind } from '../../shared/commands/catalogue';
import { type CommandDoc, finishedOfUser } from '../../shared/commands/command.model';
import type { SeatStatus } from '../../shared/concerts/seat.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Models } from '../../shared/models';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';

/** What of a command a history shows. */
type SeenCommand = Pick<CommandDoc, '_id' | 'kind' | 'status' | 'requestId'>;

/** What one command did to a seat. Its command may be gone: holds are kept longer, and paid ones for ever. */
export interface SeatStep {
  kind: CommandKind;
  at: Date;
  /** Null when the command that did it is not known: not any more, or, of what released a hold, not yet looked for. */
  jobId: string | null;
  /** Whose hold or reservation it was; of a block, who asked for that. */
  userId: string;
  /** The hold that it changed, or the block that it is about. */
  hold: HoldDoc | null;
  blockId: string | null;
  /** Whether it changed this seat. False, of blocks only: it left it alone, or nothing has come of it. */
  changed: boolean;
  /** As what a block found it and left it alone. */
  left: SeatStatus | null;
}

export interface ExplainedStep extends SeatStep {
  command: SeenCommand | null;
}

/**
 * What became of a seat in these holds of it, newest first: how each was placed, how it ended, and how its seat was given up. By the
 * holds and reservations, so no command pays for an index of seats. Holds do not come in the order of their ids: that of a standby offer
 * has the age of its place in line.
 */
export async function holdSteps(models: Models, seatId: string, holds: readonly HoldDoc[]): Promise<SeatStep[]> {
  const reservations = await readReservations(models, holds);
  const newestFirst = holds.toSorted((a, b) => b.placedAt.getTime() - a.placedAt.getTime() || (a._id < b._id ? 1 : -1));
  return newestFirst.flatMap((hold) => {
    const reservation = reservations.get(hold._id);
    return [...givenUp(seatId, hold, reservation), ...ended(hold, reservation), placed(hold)];
  });
}

/** With their commands, read by their ids. */
export async function withCommands(models: Models, steps: readonly SeatStep[]): Promise<ExplainedStep[]> {
  const releases = await readReleases(models, steps);
  const found = steps.map((step) => ({ ...step, jobId: step.jobId ?? releases.get(step) ?? null }));
  const ids = found.flatMap(({ jobId }) => jobId ?? []);
  const seen = { kind: 1, status: 1, requestId: 1 };
  const commands = await models.commands.find({ _id: { $in: ids } }, seen).lean<SeenCommand[]>();
  const byId = new Map(commands.map((command) => [command._id, command]));
  return found.map((step) => ({ ...step, command: byId.get(step.jobId ?? '') ?? null }));
}

const stepOf = (hold: HoldDoc, kind: CommandKind, at: Date, jobId: string | null): SeatStep => ({
  ...{ kind, at, jobId, userId: hold.userId, hold, blockId: null, changed: true, left: null },
});

function placed(hold: HoldDoc): SeatStep {
  return stepOf(hold, hold.complimentary ? 'reservation.issue' : 'hold.place', hold.placedAt, hold.commandId);
}

function ended(hold: HoldDoc, reservation: ReservationDoc | undefined): SeatStep[] {
  const { status, endedAt: at } = hold;
  if (status === 'held' || at === null) return [];
  if (status === 'expired') return [stepOf(hold, 'hold.expire', at, hold.expireCommandId)];
  if (status === 'released') return [stepOf(hold, 'hold.release', at, null)];
  // Complimentary seats are held and given by one command.
  if (reservation?.commandId === hold.commandId) return [];
  return [stepOf(hold, 'payment.pay', at, reservation?.commandId ?? null)];
}

function givenUp(seatId: string, hold: HoldDoc, reservation: ReservationDoc | undefined): SeatStep[] {
  const cancelled = reservation?.cancelled?.find((seat) => seat.seatId === seatId);
  return cancelled ? [stepOf(hold, 'reservation.cancel', cancelled.at, cancelled.commandId)] : [];
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
async function readReleases(models: Models, steps: readonly SeatStep[]): Promise<ReadonlyMap<SeatStep, string>> {
  const released = steps.filter(({ kind }) => kind === 'hold.release');
  if (released.length === 0) return new Map();
  const $or = released.map(({ userId, at }) => ({ userId, key: { $type: 'string' as const }, finishedAt: at }));
  const found = await models.commands.find({ $or }).hint(finishedOfUser).lean<CommandDoc[]>();
  const releases = found.filter(({ kind, status }) => kind === 'hold.release' && status === 'done');
  const byHold = new Map(releases.map(({ payload, _id }) => [(payload as { holdId?: unknown }).holdId, _id]));
  return new Map(
    released.flatMap((step) => {
      const id = byHold.get(step.hold?._id);
      return id === undefined ? [] : [[step, id] as const];
    }),
  );
}
