import { verify } from '../check/verify';
import { type Crowd, gatherCrowd } from '../load/crowd';
import { scenario } from '../scenario';

const price = 1000;
/** Rounds at a time. */
const crews = 4;

export const oneBalance = scenario({
  name: 'one-balance',
  promise: 'Somebody pays many holds at once from a balance for one: one payment is made, nothing is owed.',
  full: { rounds: 200, payments: 20, holdSeconds: 20 },
  short: { rounds: 4, payments: 20, holdSeconds: 8 },
  async run({ counts, random, openEnvironment, inTime, log }) {
    const environment = await openEnvironment({
      apis: 2,
      workers: 2,
      settings: { HOLD_SECONDS: String(counts.holdSeconds) },
    });
    const hall = { sections: 8, seatsPerSection: Math.ceil((counts.rounds * counts.payments) / 8), price };
    const crowd = await gatherCrowd(environment, random, { people: 0, hall, gate: 'final', waitSeconds: 10 });
    const broken: string[] = [];
    let rounds = 0;

    async function crew(): Promise<void> {
      while (rounds < counts.rounds && inTime()) {
        const first = rounds * counts.payments;
        rounds += 1;
        if (rounds % 20 === 0) log(`${rounds} of ${counts.rounds} rounds`);
        broken.push(...(await payAll(crowd, crowd.hall.seatIds.slice(first, first + counts.payments))));
      }
    }

    await Promise.all(Array.from({ length: crews }, crew));
    const { violations, measured } = await verify(environment, crowd.history);
    crowd.close();
    return { violations: [...violations, ...broken], measured: { rounds, ...measured } };
  },
});

/** One user, one hold a seat, then all payments at once. */
async function payAll(crowd: Crowd, seatIds: readonly string[]): Promise<string[]> {
  const person = await crowd.newcomer();
  await crowd.give(person, 'points.charge', '', { amount: price });
  const holds = await Promise.all(
    seatIds.map((seatId) => crowd.give(person, 'hold.place', crowd.hall.performanceId, { seatIds: [seatId] })),
  );
  const holdIds = holds.flatMap(({ outcome }) => (outcome?.result as { holdId?: string } | null)?.holdId ?? []);
  const payments = await Promise.all(holdIds.map((holdId) => crowd.give(person, 'payment.pay', holdId)));
  const done = payments.filter(({ outcome }) => outcome?.status === 'done').length;
  // The payment that is made ends the visit: what comes to the gate later is turned away there.
  const short = payments.filter(
    ({ outcome, refusedAtDoor }) => outcome?.code === 'POINTS_INSUFFICIENT' || refusedAtDoor === 'QUEUE_TOKEN_EXPIRED',
  ).length;
  const balance = await crowd.balanceOf(person);
  if (holdIds.length === seatIds.length && done === 1 && short === payments.length - 1 && balance === 0) return [];
  return [`${person.userId}: ${holdIds.length} holds, ${done} payments done, ${short} short, a balance of ${balance}`];
}
