import { z } from 'zod';
import { seatStatuses } from '../../shared/concerts/seat.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, pathId, points } from '../http/schemas';

const seat = z
  .strictObject({
    id: idOf('seat'),
    section: z.string(),
    row: z.string(),
    number: z.int(),
    price: points,
    status: z.enum(seatStatuses),
  })
  .meta({ id: 'Seat' });
export const seatMap = z.strictObject({ performanceId: idOf('perf'), seats: z.array(seat) }).meta({ id: 'SeatMap' });

const headers = {
  ETag: 'Strong; send it as `If-None-Match` next time',
  'Cache-Control': '`no-cache`: keep it, but ask whether it is still good',
};

export const seatMapExample = {
  performanceId: example.perf,
  seats: [
    { id: example.seat, section: 'A', row: '1', number: 1, price: 1500, status: 'available' as const },
    { id: 'perf_demo_1-A-2', section: 'A', row: '1', number: 2, price: 1500, status: 'held' as const },
  ],
};

export const getSeatMap = route({
  method: 'get',
  path: '/v1/performances/{performanceId}/seats',
  tag: 'Concert',
  summary: 'All seats of a performance',
  description:
    'By section, row and number. May be a quarter of a second old; what counts is decided when seats are held.',
  auth: 'none',
  params: pathId('performanceId', 'perf'),
  headers: z.object({
    'if-none-match': z.string().optional().meta({ description: '`ETag` of the map that you have' }),
  }),
  responses: {
    200: {
      description: 'The seat map.',
      headers,
      content: content(seatMap, { seats: seatMapExample }),
    },
    304: { description: 'The map that you have is still good.', headers },
  },
  errors: ['PERFORMANCE_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, headers: sent }, { seatMapCache }: ApiContext) {
    const map = await seatMapCache.get(params.performanceId);
    if (!map) throw new Problem('PERFORMANCE_NOT_FOUND');
    const headers = { ETag: map.etag, 'Cache-Control': 'no-cache' };
    if (isKnown(sent['if-none-match'], map.etag)) return { status: 304, headers };
    return { status: 200, headers, bytes: map.bytes };
  },
});

/** RFC 9110: a list of tags, compared without regard to weakness, or `*`. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
