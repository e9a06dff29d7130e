import { isDeepStrictEqual } from 'node:util';
import type { ClientSession } from 'mongodb';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { SeatingPlanDoc, Section } from '../../shared/concerts/seating-plan.model';
import { type Models, native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { duplicatesOf } from '../../shared/platform/store-errors';
import { inTime, writeMs } from '../../shared/platform/write-deadline';
import { keepVersion } from '../seating-plans/make-from-plan';
import { readPlannedSeats } from '../seating-plans/store-plan';

/** Seats that one insert stores: bounded memory and short writes, whatever the size of the hall. */
const batchSize = 1000;
/** How long such an insert may take, ms. */
const batchMs = 10_000;

/**
 * Creates a concert unless it is there. Safe to repeat.
 * @returns the concert, and whether this call made it
 * @throws Problem ALREADY_EXISTS when the id belongs to a concert with another title, opening, time zone, entry or limits
 */
export async function createConcert(models: Models, concert: ConcertDoc, session?: ClientSession) {
  const { _id, ...fields } = concert;
  const concerts = native(models, 'concerts');
  const { upsertedCount } = await concerts.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true, session });
  if (upsertedCount > 0) return { concert, created: true };
  const existing = await concerts.findOne({ _id }, { session });
  if (!existing || !isDeepStrictEqual(shapeOf(existing), shapeOf(concert)))
    throw new Problem('ALREADY_EXISTS', { detail: `There is another concert ${_id}.` });
  return { concert: existing, created: false };
}

/** What makes two concerts the same: not what happened to the waiting room since. */
function shapeOf({ title, opensAt, timeZone, entryUrl, room }: ConcertDoc) {
  const { paused, draining, epoch, ...limits } = room;
  return { title, opensAt, timeZone: timeZone ?? null, entryUrl, limits };
}

/**
 * First half of creating a performance: stores the plan, then all of its seats. Seats that exist stay as they are.
 * The performance shows only after the second half, `openPerformance`, so a half-built hall is never on show.
 * @returns the performance if both halves were done before
 * @throws Problem CONCERT_NOT_FOUND; ALREADY_EXISTS when the id belongs to another plan; SEATING_PLAN_NOT_FOUND
 */
export async function layOutSeats(models: Models, plan: SeatingPlanDoc): Promise<PerformanceDoc | null> {
  const { _id, ...fields } = plan;
  if (!(await models.concerts.exists({ _id: plan.concertId }))) throw new Problem('CONCERT_NOT_FOUND');
  const open = await models.performances.findById(_id).lean<PerformanceDoc>();
  const plans = native(models, 'seatingPlans');
  // Of two different plans for one id at once, the database takes the first.
  const options = { upsert: true, maxTimeMS: writeMs };
  const isNew = !open && !(await models.seatingPlans.exists({ _id }));
  if (isNew && plan.madeFrom) await keepVersion(models, plan.madeFrom);
  if (!open) await inTime(plans.updateOne({ _id }, { $setOnInsert: fields }, options));
  if (!isDeepStrictEqual(await models.seatingPlans.findById(_id).lean(), plan))
    throw new Problem('ALREADY_EXISTS', { detail: `There is another performance ${_id}.` });
  if (open) return open;
  let batch: SeatDoc[] = [];
  for await (const seat of plan.madeFrom ? copySeats(models, plan) : generateSeats(plan)) {
    if (batch.push(seat) === batchSize) {
      await insertMissing(models, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await insertMissing(models, batch);
  return null;
}

/** Second half: puts the date on show. Answers false when it is there already. */
export async function openPerformance(models: Models, plan: SeatingPlanDoc, session?: ClientSession): Promise<boolean> {
  const { _id, ...fields } = performanceOf(plan);
  const options = { upsert: true, session };
  const { upsertedCount } = await native(models, 'performances').updateOne({ _id }, { $setOnInsert: fields }, options);
  return upsertedCount > 0;
}

export function performanceOf({ sections, madeFrom, ...plan }: SeatingPlanDoc): PerformanceDoc {
  return { ...plan, seatsTotal: madeFrom?.seatsTotal ?? countSeats(sections) };
}

async function insertMissing(models: Models, seats: SeatDoc[]): Promise<void> {
  try {
    const options = { ordered: false, maxTimeMS: batchMs };
    await inTime(native(models, 'seats').insertMany(seats, options), batchMs);
  } catch (error) {
    if (duplicatesOf(error).length === 0) throw error;
  }
}

export function countSeats(sections: readonly Section[]): number {
  return sections.reduce((sum, { rowPrices, seatsPerRow }) => sum + rowPrices.length * seatsPerRow, 0);
}

/** Every seat of a plan, free: `<performance>-<section>-<number>`, rows `1`, `2` …. */
function* generateSeats({ _id: performanceId, sections }: SeatingPlanDoc): Generator<SeatDoc> {
  for (const { name: section, seatsPerRow, rowPrices } of sections) {
    for (const [row, price] of rowPrices.entries()) {
      for (let column = 1; column <= seatsPerRow; column += 1) {
        const number = row * seatsPerRow + column;
        const seat = { _id: `${performanceId}-${section}-${number}`, performanceId, section, row: String(row + 1) };
        yield { ...seat, number, price, status: 'available', holdId: null };
      }
    }
  }
}

/** Every seat of a kept plan, free, at the price of its category: `<performance>-<section>-<number in the section>`. */
async function* copySeats(models: Models, { _id: performanceId, madeFrom }: SeatingPlanDoc): AsyncGenerator<SeatDoc> {
  const { planId, version, prices } = madeFrom ?? { planId: '', version: 0, prices: [] };
  const priceOf = new Map(prices.map(({ category, price }) => [category, price]));
  let order = 0;
  for await (const { key, ...seat } of readPlannedSeats(models, { _id: planId, version })) {
    order += 1;
    const price = priceOf.get(seat.category) ?? 0;
    yield { _id: `${performanceId}-${key}`, performanceId, ...seat, price, order, status: 'available', holdId: null };
  }
}
