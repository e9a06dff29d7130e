import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId, time } from '../http/schemas';
import { roomOf } from './queue-token';

const draw = z
  .strictObject({
    opensAt: time,
    seedHash: z.string().meta({ description: 'SHA-256 of the seed, in hex; known from the start' }),
    seed: z.string().nullable().meta({ description: 'In hex; null until the queue opens' }),
    participants: z
      .int()
      .nullable()
      .meta({ description: 'Draw numbers 1 to this took part; null until the queue opens' }),
  })
  .meta({ id: 'Draw' });

export const getDraw = route({
  method: 'get',
  path: '/v1/concerts/{concertId}/draw',
  tag: 'Waiting Queue',
  summary: 'The opening draw',
  description:
    'Visitors who joined before the queue opened are put in order by a keyed shuffle. The hash of its seed is published ' +
    'before, the seed after: `npm run verify-draw` recomputes the position of any draw number from them.',
  auth: 'none',
  params: pathId('concertId', 'concert'),
  responses: {
    200: {
      description: 'What is published of the draw by now.',
      content: content(draw, {
        before: { opensAt: '2026-11-20T19:00:00.000Z', seedHash: 'a3'.repeat(32), seed: null, participants: null },
        after: {
          opensAt: '2026-11-20T19:00:00.000Z',
          seedHash: 'a3'.repeat(32),
          seed: '5f'.repeat(32),
          participants: 812,
        },
      }),
    },
  },
  errors: ['CONCERT_NOT_FOUND', 'DRAW_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params }, context: ApiContext) {
    const published = await context.waitingRoom.draw(await roomOf(context, params.concertId));
    if (!published) throw new Problem('DRAW_NOT_FOUND');
    return { status: 200, body: published };
  },
});
