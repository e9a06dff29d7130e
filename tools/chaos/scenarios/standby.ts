import { setTimeout as sleep } from 'node:timers/promises';
import { native } from '../../../shared/models';
import type { StandbyEntryDoc } from '../../../shared/standby/standby.model';
import { verify } from '../check/verify';
import type { Environment } from '../environment/environment';
import { type Crowd, gatherCrowd } from '../load/crowd';
import type { CommandRecord } from '../load/history';
import type { Person } from '../load/http';
import { type Finding, scenario, type Trial } from '../scenario';
import { killOne } from './under-load';

interface Course extends Record<string, number> {
  waiting: number;
  seats: number;
  workerKills: number;
  apiKills: number;
  holdSeconds: number;
  offerSeconds: number;
}

const price = 1000;
const sections = 2;
const atATime = 32;
const rivals = 4;
/** How long after the first holds have ended nothing may be offered before it is over, ms. */
const standstillMs = 15_000;

export const standby = scenario<Course>({
  name: 'standby',
  promise:
    'Seats of a sold-out date come back while workers and APIs are killed: each goes to the first who waits and whom it fits, and to nobody past the line.',
  full: { waiting: 1000, seats: 300, workerKills: 20, apiKills: 6, holdSeconds: 40, offerSeconds: 10 },
  short: { waiting: 60, seats: 18, workerKills: 2, apiKills: 1, holdSeconds: 5, offerSeconds: 2 },
  async run(trial) {
    const { counts, openEnvironment, random, log } = trial;
    const settings = {
      ...{ HOLD_SECONDS: String(counts.holdSeconds), OFFER_SECONDS: String(counts.offerSeconds) },
      MAX_SEATS_PER_USER: '4',
    };
    const environment = await openEnvironment({ apis: 2, workers: 3, settings });
    const hall = { sections, seatsPerSection: Math.ceil(counts.seats / sections), price };
    const crowd = await gatherCrowd(environment, random, {
      ...{ people: counts.seats, hall, gate: 'rejoin' as const, waitSeconds: 10 },
    });
    const owned = await sellOut(crowd, counts.seats);
    const sale = await waitAndSell(trial, environment, crowd, owned);
    log(`${sale.offers} offers`);
    await Promise.all([...environment.apis, ...environment.workers].map((kept) => kept.ready()));
    const { violations, measured } = await verify(environment, crowd.history);
    crowd.close();
    return { violations: [...violations, ...sale.broken], measured: { ...sale.figures, ...measured } };
  },
});

/** What people have of a seat each; every third has paid. */
interface Owned {
  person: Person;
  holdId: string;
  reservationId: string | null;
}

const resultOf = ({ outcome }: CommandRecord) => (outcome?.result ?? {}) as Record<string, string>;

async function sellOut({ hall, people, give }: Crowd, seats: number): Promise<Owned[]> {
  return inCrews(people.slice(0, seats), async (person, i) => {
    const { holdId = '' } = resultOf(
      await give(person, 'hold.place', hall.performanceId, { seatIds: [hall.seatIds[i]] }),
    );
    if (i % 3 > 0) return { person, holdId, reservationId: null };
    await give(person, 'points.charge', '', { amount: price });
    const { reservationId = '' } = resultOf(await give(person, 'payment.pay', holdId));
    return { person, holdId, reservationId };
  });
}

async function waitAndSell(
  { counts, random, inTime, log }: Trial<Course>,
  environment: Environment,
  crowd: Crowd,
  owned: readonly Owned[],
) {
  const { models } = environment;
  const { performanceId, seatIds } = crowd.hall;
  const waiting = new Map<string, Person>();
  let over = false;

  /** Kills by the progress of the whole: people who joined, and seats that were sold to them. */
  async function kill(): Promise<number> {
    const faults = [...Array(counts.workerKills).fill('workers'), ...Array(counts.apiKills).fill('apis')];
    const all = faults.length;
    const draw = random.fork('faults');
    while (!over && faults.length > 0) {
      const progress = (waiting.size + (await soldTo(environment))) / (counts.waiting + counts.seats);
      if (progress * (all + 1) < all - faults.length + 1) await sleep(20);
      else {
        const [fault] = faults.splice(draw.int(0, faults.length - 1), 1);
        killOne(environment, fault === 'apis' ? environment.apis : environment.workers, draw);
      }
    }
    return all - faults.length;
  }

  /** Wants whatever comes back. */
  async function rival(number: number): Promise<string> {
    const [person, draw] = [await crowd.newcomer(), random.fork(`rival-${number}`)];
    while (!over) {
      await crowd.give(person, 'hold.place', performanceId, { seatIds: [draw.pick(seatIds)] });
      await sleep(draw.int(20, 200));
    }
    return person.userId;
  }

  const killing = kill();
  await inCrews(Array.from({ length: counts.waiting }), async (_, i) => {
    const person = await crowd.stranger();
    const body = { section: `S${(i % sections) + 1}`, seats: i % 8 > 5 ? 2 : 1 };
    const { outcome } = await crowd.give(person, 'standby.join', performanceId, body);
    if (outcome?.status === 'done') waiting.set(person.userId, person);
  });
  log(`${waiting.size} wait`);
  const rivalling = Array.from({ length: rivals }, (_, number) => rival(number));
  // The others let their time run out.
  const back = inCrews(owned, async ({ person, holdId, reservationId }, i) => {
    if (reservationId !== null) await crowd.give(person, 'reservation.cancel', reservationId, {});
    else if (i % 3 === 1) await crowd.give(person, 'hold.release', holdId);
  });
  const patience = { inTime, standstillMs: counts.holdSeconds * 1000 + standstillMs };
  const answers = await answerOffers(environment, crowd, waiting, random.fork('answers'), patience);
  await back;
  over = true;
  const faults = await killing;
  const broken = await gotPast(environment, await Promise.all(rivalling));
  const inLine = [...waiting.values()].filter(({ queueToken }) => queueToken !== null);
  broken.push(...inLine.map(({ userId }) => `${userId} needed a queue token to pay for an offer`));
  const sold = await native(models, 'seats').countDocuments({ performanceId, status: 'sold' });
  const figures: Finding['measured'] = { waiting: waiting.size, 'sold to them': sold, ...answers, kills: faults };
  return { broken, figures, offers: answers.offers };
}

const soldTo = ({ models }: Environment) =>
  native(models, 'standbyEntries')
    .countDocuments({ status: 'taken' })
    .catch(() => 0);

/** Times of offers are of two clocks, when one of them was made from another lane. */
const clocksMs = 1000;

/** What rivals got while somebody waited for one seat there: where pairs alone wait, a single one is anybody's. */
async function gotPast({ models }: Environment, rivalIds: readonly string[]): Promise<string[]> {
  const got = await native(models, 'holds')
    .find({ userId: { $in: [...rivalIds] } })
    .toArray();
  const broken: string[] = [];
  for (const { _id, userId, section, placedAt } of got) {
    const since = { $gt: new Date(placedAt.getTime() + clocksMs) };
    const waited = await native(models, 'standbyEntries').findOne({
      ...{ section, seats: 1, joinedAt: { $lt: placedAt } },
      $or: [{ status: 'waiting' }, { offeredAt: since }, { offeredAt: null, endedAt: since }],
    });
    if (waited) broken.push(`${userId} got ${_id} past ${waited._id}, who waited`);
  }
  return broken;
}

/** Pays for most of what is offered, gives some back, and lets some lapse, until all is sold or nobody waits. */
async function answerOffers(
  environment: Environment,
  crowd: Crowd,
  waiting: ReadonlyMap<string, Person>,
  random: Trial['random'],
  patience: { inTime(): boolean; standstillMs: number },
) {
  const { models } = environment;
  const tally = { offers: 0, paid: 0, 'given back': 0, lapsed: 0 };
  const seen = new Set<string>();
  const answering: Promise<void>[] = [];
  let soldAt = performance.now();
  while (patience.inTime() && performance.now() - soldAt < patience.standstillMs) {
    const all = { performanceId: crowd.hall.performanceId };
    const live = native(models, 'standbyEntries').find({ ...all, status: { $in: ['waiting', 'offered'] } });
    const entries = await live.toArray().catch(() => null);
    const free = await native(models, 'seats').countDocuments({ ...all, status: { $ne: 'sold' } });
    if (entries && (entries.length === 0 || free === 0)) break;
    for (const entry of entries ?? []) {
      const person = waiting.get(entry.userId);
      if (entry.status !== 'offered' || seen.has(entry._id) || !person) continue;
      seen.add(entry._id);
      soldAt = performance.now();
      answering.push(answer(entry, person));
    }
    await sleep(50);
  }
  await Promise.all(answering);
  tally.offers = seen.size;
  return tally;

  async function answer({ _id, holdId, seats }: StandbyEntryDoc, person: Person): Promise<void> {
    const what = random.weighted({ pay: 70, leave: 15, wait: 15 });
    if (what === 'wait') tally.lapsed += 1;
    if (what === 'leave') {
      const { outcome } = await crowd.give(person, 'standby.leave', _id);
      if (outcome?.status === 'done') tally['given back'] += 1;
    }
    if (what === 'pay') {
      await crowd.give(person, 'points.charge', '', { amount: seats * price });
      const { outcome } = await crowd.give(person, 'payment.pay', holdId ?? '');
      if (outcome?.status === 'done') tally.paid += 1;
    }
  }
}

async function inCrews<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function crew(): Promise<void> {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      results[index] = await work(items[index] as T, index);
    }
  }
  await Promise.all(Array.from({ length: atATime }, crew));
  return results;
}
