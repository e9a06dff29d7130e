import { z } from 'zod';
import { pointKinds } from '../../shared/points/point-entry.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';

const total = z.strictObject({ entries: z.int().min(0), points: z.int().min(0) }).meta({ id: 'PointTotal' });
const totals = z.strictObject(
  Object.fromEntries(pointKinds.map((kind) => [kind, total])) as Record<(typeof pointKinds)[number], typeof total>,
);
const report = z
  .strictObject({
    day: z.iso.date(),
    totals: totals.meta({ description: 'Of all entries of that day, by kind' }),
    change: z.int().meta({ description: 'By how much the sum of all balances grew' }),
  })
  .meta({ id: 'PointReport' });

const none = { entries: 0, points: 0 };
const dayMs = 24 * 3600_000;

export const reportPoints = route({
  method: 'get',
  path: '/v1/admin/reports/points',
  tag: 'Admin',
  summary: 'Points of one day, by kind',
  description: 'Days are of UTC. A day is final when it is over.',
  auth: ['admin', 'viewer'],
  query: z.strictObject({
    day: z.iso.date().optional().meta({ description: 'Today by default', example: '2026-11-20' }),
  }),
  responses: {
    200: {
      description: 'The totals.',
      content: content(report, {
        day: {
          day: '2026-11-20',
          totals: {
            charge: { entries: 120, points: 600_000 },
            use: { entries: 310, points: 455_000 },
            reversal: { entries: 2, points: 10_000 },
            refund: { entries: 3, points: 4500 },
          },
          change: 139_500,
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query }, { models, clock }: ApiContext) {
    const day = query.day ?? new Date(clock.now()).toISOString().slice(0, 10);
    const from = new Date(`${day}T00:00:00.000Z`);
    const at = { $gte: from, $lt: new Date(from.getTime() + dayMs) };
    const found = await models.pointEntries.aggregate<{ _id: string; entries: number; points: number }>([
      { $match: { at } },
      { $group: { _id: '$kind', entries: { $sum: 1 }, points: { $sum: '$amount' } } },
    ]);
    const of = (kind: string) => {
      const { entries, points } = found.find(({ _id }) => _id === kind) ?? none;
      return { entries, points };
    };
    const all = Object.fromEntries(pointKinds.map((kind) => [kind, of(kind)])) as z.input<typeof totals>;
    const change = pointKinds.reduce((sum, kind) => sum + all[kind].points * (takes(kind) ? -1 : 1), 0);
    return { status: 200, body: { day, totals: all, change } };
  },
});

const takes = (kind: string) => kind === 'use' || kind === 'reversal';
