import { verify } from '../check/verify';
import { gatherCrowd } from '../load/crowd';
import type { CommandRecord } from '../load/history';
import { scenario } from '../scenario';

export const oneSeat = scenario({
  name: 'one-seat',
  promise: 'Many people want the same seat at once, again and again: one gets it, the one who was accepted first.',
  full: { holdSeconds: 8, users: 1000, rounds: 100 },
  short: { holdSeconds: 3, users: 200, rounds: 3 },
  async run({ counts, random, openEnvironment, inTime, log }) {
    const environment = await openEnvironment({
      apis: 2,
      workers: 2,
      settings: { HOLD_SECONDS: String(counts.holdSeconds) },
    });
    const hall = { sections: 4, seatsPerSection: Math.ceil(counts.rounds / 4) };
    const crowd = await gatherCrowd(environment, random, {
      people: counts.users,
      hall,
      gate: 'rejoin',
      waitSeconds: 10,
    });
    const { performanceId, seatIds } = crowd.hall;
    const rounds: CommandRecord[][] = [];
    while (rounds.length < counts.rounds && inTime()) {
      const wanted = { seatIds: [seatIds[rounds.length]] };
      const asked = crowd.people.map((person) => crowd.give(person, 'hold.place', performanceId, wanted));
      rounds.push(await Promise.all(asked));
      if (rounds.length % 10 === 0) log(`${rounds.length} of ${counts.rounds} rounds`);
    }
    crowd.close();
    const { violations, measured, places } = await verify(environment, crowd.history);
    const positionOf = (record: CommandRecord) => places.get(record.jobId ?? '')?.position ?? Infinity;
    const unfair = rounds.flatMap((round, index) =>
      oneWinner(round, positionOf).map((what) => `round ${index + 1}: ${what}`),
    );
    return { violations: [...violations, ...unfair], measured: { rounds: rounds.length, ...measured } };
  },
});

/** The first in the lane's history has the seat; all others were refused, as taken. */
function oneWinner(round: readonly CommandRecord[], positionOf: (record: CommandRecord) => number): string[] {
  const winners = round.filter(({ outcome }) => outcome?.status === 'done');
  const others = round.filter(({ outcome }) => outcome?.code === 'SEAT_TAKEN');
  const broken: string[] = [];
  if (winners.length !== 1) broken.push(`${winners.length} people got the seat`);
  if (winners.length + others.length !== round.length) broken.push('somebody was answered something else');
  const first = Math.min(...round.map(positionOf));
  if (winners.some((winner) => positionOf(winner) !== first)) broken.push('the one who got it was not the first');
  return broken;
}
