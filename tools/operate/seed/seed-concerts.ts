import { isDeepStrictEqual } from 'node:util';
import { createConcert, layOutSeats, openPerformance } from '../../../api/concerts/set-up';
import { type Models, native } from '../../../shared/models';
import type { Clock } from '../../../shared/platform/clock';
import type { SeedPlan } from './plan';

/** How much of something was made now, and how much was there. */
export interface Seeded {
  made: number;
  there: number;
}

/** Concerts that are missing; those that are there keep their settings. */
export async function seedConcerts(models: Models, { concerts }: SeedPlan, clock: Clock): Promise<Seeded> {
  const ids = concerts.map(({ _id }) => _id);
  const there = new Set((await models.concerts.find({ _id: { $in: ids } }, { _id: 1 }).lean()).map(({ _id }) => _id));
  const missing = concerts.filter(({ _id }) => !there.has(_id));
  for (const concert of missing) await createConcert(models, { ...concert, createdAt: new Date(clock.now()) });
  return { made: missing.length, there: there.size };
}

/**
 * Dates that are missing, with their seats; also those that an earlier run began.
 * @throws Error before anything is written, when a date is there with another hall
 */
export async function seedPerformances(
  models: Models,
  { performances }: SeedPlan,
  advance: () => void,
): Promise<Seeded> {
  const missing = await missingOf(models, performances);
  for (const plan of missing) {
    await layOutSeats(models, plan);
    await openPerformance(models, plan);
    advance();
  }
  return { made: missing.length, there: performances.length - missing.length };
}

/** @throws Error when one of them is there with another hall */
export async function missingOf(
  models: Models,
  performances: SeedPlan['performances'],
): Promise<SeedPlan['performances']> {
  const ids = performances.map(({ _id }) => _id);
  const plans = await native(models, 'seatingPlans')
    .find({ _id: { $in: ids } })
    .toArray();
  const halls = new Map(plans.map(({ _id, sections }) => [_id, sections]));
  for (const { _id, sections } of performances)
    if (halls.has(_id) && !isDeepStrictEqual(halls.get(_id), sections))
      throw new Error(`${_id} is there with another hall, and halls are never changed: choose another --name.`);
  const open = new Set(
    (await models.performances.find({ _id: { $in: ids } }, { _id: 1 }).lean()).map(({ _id }) => _id),
  );
  return performances.filter(({ _id }) => !open.has(_id));
}
