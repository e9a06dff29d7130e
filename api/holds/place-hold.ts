import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import { commandRoute } from '../commands/command-route';
import type { Layout } from '../concerts/layouts';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { example, idOf, pathId, points, time } from '../http/schemas';
import { roomOf } from '../waiting-room/queue-token';

/** Bounds the work that a request can ask for, whatever MAX_SEATS_PER_HOLD is; beyond that the refusal has a code of its own. */
const maxSeatIds = 50;

const body = z.strictObject({
  seatIds: z.array(idOf('seat')).min(1).max(maxSeatIds).check(distinct).meta({ uniqueItems: true }),
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
    description: `Sets up to ${max} seats of one section aside for you, all or none, for ${seconds} seconds.${limit > 0 ? ` You may have ${limit} of a performance in all.` : ''}`,
    params: pathId('performanceId', 'perf'),
    body: content(body.meta({ id: 'HoldRequest' }), { two: { seatIds: [example.seat, 'perf_demo_1-A-2'] } }),
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
      'SEAT_LIMIT_EXCEEDED',
      'TOO_MANY_UNPAID_HOLDS',
      'SEAT_HELD_TOO_OFTEN',
      'PERFORMANCE_STARTED',
    ],
    gated: true,
    errors: [
      'HOLD_IN_PROGRESS',
      'PERFORMANCE_NOT_FOUND',
      'SEAT_NOT_FOUND',
      'TOO_MANY_SEATS',
      'SEATS_IN_SEVERAL_SECTIONS',
    ],
    onAnswer: (job, { knownHolds }: ApiContext) => knownHolds.add(job),
    async prepare({ params, body: { seatIds } }, context: ApiContext) {
      if (seatIds.length > max) throw new Problem('TOO_MANY_SEATS', { detail: `At most ${max} seats in one hold.` });
      const { performanceId } = params;
      const { concertId, section, startsAt } = await locate(context, performanceId, seatIds);
      const payload = { concertId, section, startsAt, performanceId, seatIds };
      return { payload, gate: await roomOf(context, concertId) };
    },
  });
}

/** Where and when the seats are: the section decides which lane carries the command. */
async function locate({ layouts }: Pick<ApiContext, 'layouts'>, performanceId: string, seatIds: string[]) {
  const layout = await layouts.get(performanceId, seatIds);
  if (!layout) throw new Problem('PERFORMANCE_NOT_FOUND');
  const [section = '', ...others] = new Set(seatIds.map((id) => sectionOf(layout, id)));
  if (others.length > 0)
    throw new Problem('SEATS_IN_SEVERAL_SECTIONS', { detail: `Sections ${[section, ...others].join(', ')}.` });
  return { concertId: layout.concertId, section, startsAt: layout.startsAt };
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

function distinct({ value, issues }: z.core.ParsePayload<string[]>): void {
  if (value.length > maxSeatIds) return;
  const index = value.findIndex((id, i) => value.indexOf(id) < i);
  if (index >= 0) issues.push({ code: 'custom', input: value, path: [index], message: 'Named twice' });
}
