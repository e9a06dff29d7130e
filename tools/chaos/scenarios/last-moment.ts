import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random';
import { verify } from '../check/verify';
import { type Crowd, gatherCrowd } from '../load/crowd';
import type { CommandRecord } from '../load/history';
import type { Person } from '../load/http';
import { scenario } from '../scenario';

const price = 1000;
const aroundMs = 50;
const atATime = 50;

interface Tally {
  'paid, accepted before the end': number;
  'refused, accepted after the end': number;
  /** Stamped before the end, stored only after the hold had been ended. */
  'refused, stamped before the end, answered after it': number;
}

export const lastMoment = scenario({
  name: 'last-moment',
  promise:
    'Payments within 50 ms of the end of their hold: one that was answered 202 before the end is honoured, one accepted after it is refused and costs nothing.',
  full: { payments: 2000, holdSeconds: 2 },
  short: { payments: 100, holdSeconds: 2 },
  async run({ counts, random, openEnvironment, inTime, log }) {
    const environment = await openEnvironment({
      apis: 2,
      workers: 2,
      settings: { HOLD_SECONDS: String(counts.holdSeconds) },
    });
    const hall = { sections: 8, seatsPerSection: Math.ceil(counts.payments / 8), price };
    const crowd = await gatherCrowd(environment, random, { people: 0, hall, gate: 'rejoin', waitSeconds: 0 });
    const tally: Tally = {
      'paid, accepted before the end': 0,
      'refused, accepted after the end': 0,
      'refused, stamped before the end, answered after it': 0,
    };
    const broken: string[] = [];
    let payments = 0;

    async function crew(draw: Random): Promise<void> {
      while (payments < counts.payments && inTime()) {
        const seatId = crowd.hall.seatIds[payments];
        payments += 1;
        if (payments % 200 === 0) log(`${payments} of ${counts.payments} payments`);
        broken.push(...(await payLate(crowd, seatId, draw.int(-aroundMs, aroundMs), tally)));
      }
    }

    await Promise.all(Array.from({ length: atATime }, (_, index) => crew(random.fork(`crew-${index}`))));
    const { violations, measured } = await verify(environment, crowd.history);
    crowd.close();
    return { violations: [...violations, ...broken], measured: { payments, ...tally, ...measured } };
  },
});

async function payLate(crowd: Crowd, seatId: string | undefined, offsetMs: number, tally: Tally): Promise<string[]> {
  const person = await crowd.newcomer();
  await crowd.give(person, 'points.charge', '', { amount: price });
  const hold = await crowd.give(person, 'hold.place', crowd.hall.performanceId, { seatIds: [seatId] });
  const result = hold.outcome?.result as { holdId: string; expiresAt: string } | null;
  if (!result) return [`${person.userId} could not hold ${seatId}: ${hold.outcome?.code}`];
  const end = Date.parse(result.expiresAt);
  await sleep(Math.max(0, end + offsetMs - Date.now()));
  const payment = await crowd.give(person, 'payment.pay', result.holdId);
  return checkPayment(payment, end, tally) ?? balanceFits(crowd, person, payment);
}

/** @param end of the hold, ms since 1970: the database's clock, which is this machine's here */
function checkPayment(payment: CommandRecord, end: number, tally: Tally): string[] | null {
  const { jobId, outcome, stampedAt, acceptedAt } = payment;
  const stampedInTime = (stampedAt ?? Infinity) < end;
  const answeredInTime = performance.timeOrigin + (acceptedAt ?? Infinity) < end;
  if (outcome?.status === 'done') {
    if (!stampedInTime) return [`${jobId} was accepted ${(stampedAt ?? 0) - end} ms after the end and honoured`];
    tally['paid, accepted before the end'] += 1;
    return null;
  }
  if (outcome?.code !== 'HOLD_EXPIRED') return [`${jobId} ended ${outcome?.status} ${outcome?.code}`];
  if (answeredInTime) return [`${jobId} was answered 202 before the end and not honoured`];
  tally[stampedInTime ? 'refused, stamped before the end, answered after it' : 'refused, accepted after the end'] += 1;
  return null;
}

async function balanceFits(crowd: Crowd, person: Person, { outcome }: CommandRecord): Promise<string[]> {
  const balance = await crowd.balanceOf(person);
  const expected = outcome?.status === 'done' ? 0 : price;
  return balance === expected ? [] : [`${person.userId} has ${balance} points instead of ${expected}`];
}
