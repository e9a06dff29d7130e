import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import { commandRoute } from '../commands/command-route';
import type { Layout } from '../concerts/layouts';
import type { Reader } from '../concerts/own-seats';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { example, idOf, pathId, points, seatIdsOf, time } from '../http/schemas';
import { roomOf } from '../waiting-room/queue-token';
import type { Wish } from './best-available';

/** Bounds the work that a request can ask for, whatever MAX_SEATS_PER_HOLD is; beyond that the refusal has a code of its own. */
const maxSeatIds = 50;

const best = z.strictObject({
  seats: z.int().min(1).max(maxSeatIds).meta({ description: 'How many' }),
  sections: z.array(z.string().min(1).max(80)).min(1).max(50).optional().meta({ description: 'Only of these' }),
  maxPrice: points.optional().meta({ description: 'Of each seat' }),
  together: z.boolean().default(true).meta({ description: 'Side by side in one row' }),
  accessible: z.boolean().optional().meta({
    description: 'One of them, at least, a place for wheelchairs; without it none is, nor one of a companion',
  }),
});

const body = z
  .strictObject({
    seatIds: seatIdsOf(maxSeatIds).optional(),
    best: best.optional().meta({ description: 'The best free ones, in place of `seatIds`' }),
  })
  .refine(({ seatIds, best: wish }) => (seatIds === undefined) !== (wish === undefined), {
    message: 'Give either seatIds or best',
  });

const result = z.strictObject({
  holdId: idOf('hold'),
  seatIds: z.array(idOf('seat')),
  amount: points,
  expiresAt: time,
});

export function placeHoldRoute({ MAX_SEATS_PER_HOLD: max, MAX_SEATS_PER_USER: limit, HOLD_SECONDS: seconds }: Config) {
  return commandRoute({
    kind: 'hold.place',
    method: 'post',
    path: '/v1/performances/{performanceId}/holds',
    tag: 'Temporary Reservation',
    summary: 'Hold seats',
    description: `Sets up to ${max} seats of one section aside for you, all or none, for ${seconds} seconds: those that you name, or the best that are free (\`best\`: lower ranks first where seats have such, else nearer rows, then nearer to the middle, leaving no seat alone).${limit > 0 ? ` You may have ${limit} of a performance in all.` : ''}`,
    params: pathId('performanceId', 'perf'),
    body: content(body.meta({ id: 'HoldRequest' }), {
      two: { seatIds: [example.seat, 'perf_demo_1-A-2'] },
      best: { best: { seats: 2, together: true } },
    }),
    result: content(result, {
      held: {
        holdId: example.hold,
        seatIds: [example.seat, 'perf_demo_1-A-2'],
        amount: 3000,
        expiresAt: '2026-11-20T19:05:00.000Z',
      },
    }),
    refusals: [
      'SEAT_TAKEN',
      'SEAT_BLOCKED',
      'SEAT_LIMIT_EXCEEDED',
      'TOO_MANY_UNPAID_HOLDS',
      'SEAT_HELD_TOO_OFTEN',
      'PERFORMANCE_STARTED',
      'PERFORMANCE_CANCELLED',
    ],
    gated: true,
    errors: [
      'HOLD_IN_PROGRESS',
      'PERFORMANCE_NOT_FOUND',
      'SEAT_NOT_FOUND',
      'TOO_MANY_SEATS',
      'SEATS_IN_SEVERAL_SECTIONS',
      'SECTION_NOT_FOUND',
      'NO_SEATS_TOGETHER',
    ],
    onAnswer: (job, { knownHolds }: ApiContext) => knownHolds.add(job),
    async prepare({ params: { performanceId }, body: { seatIds = [], best: wish }, user }, context: ApiContext) {
      if ((wish?.seats ?? seatIds.length) > max)
        throw new Problem('TOO_MANY_SEATS', { detail: `At most ${max} seats in one hold.` });
      if (wish) return prepareBest(context, { userId: user.id, performanceId }, wish);
      const { concertId, section } = await locateSeats(context, performanceId, seatIds);
      const payload = { concertId, section, performanceId, seatIds };
      return { payload, gate: await roomOf(context, concertId) };
    },
  });
}

/** The seats are chosen here, from the map; the lane takes the first group that is still free. */
async function prepareBest(context: ApiContext, reader: Reader, wish: Wish) {
  const { performanceId } = reader;
  const layout = await context.layouts.get(performanceId, []);
  if (!layout) throw new Problem('PERFORMANCE_NOT_FOUND');
  if (wish.sections) requireSections(layout, wish.sections);
  const { concertId } = layout;
  const found = await context.seatProposals.propose(reader, wish);
  if (!found) throw new Problem('PERFORMANCE_NOT_FOUND');
  const gate = await roomOf(context, concertId);
  const asked = { concertId, performanceId, best: { ...wish } };
  if ('groups' in found) {
    const { section, groups } = found;
    const payload = { ...asked, section, seatIds: groups[0] ?? [], candidates: groups };
    // Whoever is not let in keeps nothing from those who are.
    return { payload, gate, abandon: () => context.seatProposals.withdraw(found) };
  }
  const { together, available } = found;
  const detail = `You want ${wish.seats}; there are ${available} that fit, at most ${together} of them side by side.`;
  const refusal = new Problem('NO_SEATS_TOGETHER', { detail, extra: { together, available } });
  return { payload: { ...asked, section: '', seatIds: [], candidates: [] }, gate, refusal };
}

function requireSections({ sections }: Layout, wanted: readonly string[]): void {
  const unknown = wanted.filter((name) => !sections.has(name));
  if (unknown.length > 0)
    throw new Problem('SECTION_NOT_FOUND', { detail: `Not at this performance: ${unknown.join(', ')}.` });
}

/** Where the seats are: the section decides which lane carries the command. */
export async function locateSeats({ layouts }: Pick<ApiContext, 'layouts'>, performanceId: string, seatIds: string[]) {
  const layout = await layouts.get(performanceId, seatIds);
  if (!layout) throw new Problem('PERFORMANCE_NOT_FOUND');
  const [section = '', ...others] = new Set(seatIds.map((id) => sectionOf(layout, id)));
  if (others.length > 0)
    throw new Problem('SEATS_IN_SEVERAL_SECTIONS', { detail: `Sections ${[section, ...others].join(', ')}.` });
  return { concertId: layout.concertId, section };
}

function sectionOf({ seats }: Layout, seatId: string): string {
  const seat = seats.get(seatId);
  if (!seat)
    throw new Problem('SEAT_NOT_FOUND', {
      detail: `Not at this performance: ${seatId}.`,
      extra: { seatIds: [seatId] },
    });
  return seat.section;
}
