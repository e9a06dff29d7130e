import type { CommandDoc } from '../../shared/commands/command.model';
import { newCommand } from '../../shared/commands/new-command';
import { ownKey, storeNew } from '../../shared/commands/store-beside';
import type { CallOffDoc } from '../../shared/concerts/call-off.model';
import type { Context } from '../../shared/context';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { type Models, native } from '../../shared/models';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';

/** Holds, live or paid, that stand on seats of the performance now. */
export async function holdsOnSeats(models: Models, performanceId: string): Promise<string[]> {
  const taken = { performanceId, status: { $in: ['held' as const, 'sold' as const] } };
  const seats = await native(models, 'seats').find(taken).project<{ holdId: string | null }>({ holdId: 1 }).toArray();
  return [...new Set(seats.flatMap(({ holdId }) => holdId ?? []))];
}

/**
 * Has some holds of a date that was called off given back, by commands in the lanes of those whom it concerns: live ones end
 * now, paid ones are refunded in full. The key of each command follows from the date and the reservation, so that the database
 * refuses a second one, however often this is repeated, by however many workers.
 * @returns the commands that are new
 */
export async function refundHolds(
  { models, config, clock, newId }: Pick<Context, 'models' | 'config' | 'clock' | 'newId'>,
  callOff: CallOffDoc,
  holdIds: readonly string[],
): Promise<CommandDoc[]> {
  const holds = await native(models, 'holds')
    .find({ _id: { $in: [...holdIds] } })
    .toArray();
  const now = new Date(clock.now());
  await endNow(models, holds, now);
  const reservations = await reservationsOf(models, holds);
  const wanted = reservations.map((reservation) => {
    const request = { kind: 'reservation.cancel', ...refundOf(callOff, reservation) } as const;
    return newCommand(config, newId('job'), request, now);
  });
  const keys = wanted.flatMap(({ key }) => key ?? []);
  const userId = { $in: [...new Set(wanted.map((command) => command.userId))] };
  // The index has keys that are strings only, and serves only a query with the same condition.
  const there = await native(models, 'commands')
    .find({ userId, key: { $in: keys, $type: 'string' } })
    .toArray();
  const known = new Set(there.map(({ key }) => key));
  return storeNew(
    models,
    wanted.filter(({ key }) => !known.has(key)),
  );
}

/** Brings the end of live holds forward: they decide by the date that they end. */
async function endNow(models: Models, holds: readonly HoldDoc[], now: Date): Promise<void> {
  const live = holds.filter(({ status }) => status === 'held').flatMap(({ expireCommandId }) => expireCommandId ?? []);
  if (live.length === 0) return;
  const waiting = { _id: { $in: live }, status: 'accepted' as const, dueAt: { $gt: now } };
  await native(models, 'commands').updateMany(waiting, { $set: { dueAt: now } });
}

async function reservationsOf(models: Models, holds: readonly HoldDoc[]): Promise<ReservationDoc[]> {
  const ids = holds.flatMap(({ reservationId }) => reservationId ?? []);
  if (ids.length === 0) return [];
  const found = await native(models, 'reservations')
    .find({ _id: { $in: ids } })
    .toArray();
  return found.filter(({ seatIds }) => seatIds.length > 0);
}

function refundOf({ _id: performanceId, reason }: CallOffDoc, reservation: ReservationDoc) {
  const { _id: reservationId, userId, holdId, seatIds, cancelled = [] } = reservation;
  const reservedSeatIds = [...seatIds, ...cancelled.map(({ seatId }) => seatId)];
  return {
    userId,
    key: ownKey('call-off', performanceId, reservationId),
    payload: {
      ...{ reservationId, performanceId, holdId, reservedSeatIds },
      override: { by: 'call-off', reason, refund: 'full' as const },
    },
  };
}
