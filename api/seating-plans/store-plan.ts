import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongodb';
import { type Models, native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { KeptPlanDoc, PlannedSeat } from '../../shared/seating-plans/kept-plan.model';

/** What an import asks for. */
export interface ImportedPlan {
  id: string;
  title: string;
  seats: readonly PlannedSeat[];
  /** The version that it takes the place of; undefined: the plan is new. */
  replaces?: number | undefined;
}

/** Seats of one document: some 150 kB. */
const chunkSeats = 1000;

/**
 * Stores a plan, or its next version. The same again changes nothing. A replaced version that no date was made from is deleted.
 * @returns the plan, and whether this call changed it
 * @throws Problem ALREADY_EXISTS when the id belongs to a plan that differs, and `replaces` does not name its version;
 * SEATING_PLAN_NOT_FOUND when there is nothing to replace
 */
export async function storePlan(models: Models, imported: ImportedPlan, now: Date, session: ClientSession) {
  const { id: _id, title, seats, replaces } = imported;
  const plans = native(models, 'keptPlans');
  const before = await plans.findOne({ _id }, { session });
  const hash = createHash('sha256')
    .update(JSON.stringify([title, seats]))
    .digest('base64url');
  if (before?.hash === hash) return { plan: before, changed: false };
  if (!before && replaces !== undefined) throw new Problem('SEATING_PLAN_NOT_FOUND');
  if (before && before.version !== replaces)
    throw new Problem('ALREADY_EXISTS', {
      detail: `There is another seating plan ${_id}, version ${before.version}: to replace it, say \`replaces=${before.version}\`.`,
    });
  const plan: KeptPlanDoc = {
    ...{ _id, title, hash, version: (before?.version ?? 0) + 1, usedVersion: before?.usedVersion ?? null },
    ...countsOf(seats),
    ...{ createdAt: before?.createdAt ?? now, updatedAt: now },
  };
  const { _id: _, ...fields } = plan;
  await plans.updateOne({ _id }, { $set: fields }, { upsert: true, session });
  if (before && before.usedVersion !== before.version) await deleteSeats(models, before, session);
  await native(models, 'keptPlanSeats').insertMany(chunksOf(plan, seats), { session });
  return { plan, changed: true };
}

export async function deleteSeats(
  models: Models,
  plan: Pick<KeptPlanDoc, '_id' | 'version'>,
  session: ClientSession,
): Promise<void> {
  await native(models, 'keptPlanSeats').deleteMany({ _id: chunksIn(plan) }, { session });
}

/** The seats of a version, in order. */
export async function* readPlannedSeats(
  models: Models,
  plan: Pick<KeptPlanDoc, '_id' | 'version'>,
): AsyncGenerator<PlannedSeat> {
  const chunks = models.keptPlanSeats
    .find({ _id: chunksIn(plan) })
    .sort({ _id: 1 })
    .lean();
  for (const { seats } of await chunks) yield* seats;
}

/** `/` comes after `.`, and neither is in an id. */
const chunksIn = ({ _id, version }: Pick<KeptPlanDoc, '_id' | 'version'>) => ({
  $gte: `${_id}.${version}.`,
  $lt: `${_id}.${version}/`,
});

function chunksOf({ _id, version }: KeptPlanDoc, seats: readonly PlannedSeat[]) {
  return Array.from({ length: Math.ceil(seats.length / chunkSeats) }, (_, i) => ({
    _id: `${_id}.${version}.${String(i).padStart(5, '0')}`,
    seats: seats.slice(i * chunkSeats, (i + 1) * chunkSeats),
  }));
}

function countsOf(seats: readonly PlannedSeat[]) {
  const count = (nameOf: (seat: PlannedSeat) => string) => {
    const counts = new Map<string, number>();
    for (const seat of seats) counts.set(nameOf(seat), (counts.get(nameOf(seat)) ?? 0) + 1);
    return Array.from(counts, ([name, own]) => ({ name, seats: own }));
  };
  return {
    seatsTotal: seats.length,
    sections: count(({ section }) => section),
    categories: count(({ category }) => category),
    hasCoordinates: seats[0]?.x !== undefined,
  };
}
