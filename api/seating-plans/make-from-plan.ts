import type { CategoryPrice, SeatingPlanDoc } from '../../shared/concerts/seating-plan.model';
import { type Models, native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { inTime, writeMs } from '../../shared/platform/write-deadline';
import type { KeptPlanDoc } from '../../shared/seating-plans/kept-plan.model';
import { invalid } from '../http/parse';

type MadeFrom = NonNullable<SeatingPlanDoc['madeFrom']>;

/**
 * What a date is to be made from: the latest version of the plan, or, of a date that was begun, the version that it was begun with.
 * @throws Problem SEATING_PLAN_NOT_FOUND; VALIDATION_FAILED for a category without a price, or a price without a category
 */
export async function planToMakeFrom(
  models: Models,
  performanceId: string,
  planId: string,
  prices: Readonly<Record<string, number>>,
): Promise<MadeFrom> {
  const asked = Object.entries(prices)
    .map(([category, price]): CategoryPrice => ({ category: category.normalize('NFC'), price }))
    .sort((a, b) => (a.category < b.category ? -1 : 1));
  const begun = (await models.seatingPlans.findById(performanceId).lean<SeatingPlanDoc>())?.madeFrom;
  if (begun?.planId === planId) return { ...begun, prices: asked };
  const plan = await models.keptPlans.findById(planId).lean<KeptPlanDoc>();
  if (!plan) throw new Problem('SEATING_PLAN_NOT_FOUND');
  const there = plan.categories.map(({ name }) => name);
  const mistakes = [
    ...there
      .filter((name) => !asked.some(({ category }) => category === name))
      .map((name) => ({ path: `body.prices.${name}`, message: 'The plan has this category: it needs a price' })),
    ...asked
      .filter(({ category }) => !there.includes(category))
      .map(({ category }) => ({ path: `body.prices.${category}`, message: 'The plan has no such category' })),
  ];
  if (mistakes.length > 0) throw invalid(mistakes);
  return { planId, version: plan.version, seatsTotal: plan.seatsTotal, prices: asked };
}

/**
 * Keeps the version for good: from here on neither an edit nor a deletion takes its seats away.
 * @throws Problem SEATING_PLAN_NOT_FOUND when the plan was edited or deleted since it was looked at
 */
export async function keepVersion(models: Models, { planId, version }: MadeFrom): Promise<void> {
  const change = native(models, 'keptPlans').updateOne(
    { _id: planId, version },
    { $set: { usedVersion: version } },
    { maxTimeMS: writeMs },
  );
  const { matchedCount } = await inTime(change);
  if (matchedCount === 0)
    throw new Problem('SEATING_PLAN_NOT_FOUND', { detail: 'The plan was changed at this moment: look at it again.' });
}
