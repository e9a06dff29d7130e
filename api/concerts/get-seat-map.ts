import { createHash } from 'node:crypto';
import { z } from 'zod';
import { seatStatuses } from '../../shared/concerts/seat.model';
import { Problem } from '../../shared/platform/errors';
import { seatAttributes } from '../../shared/seating-plans/kept-plan.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, pathId, points } from '../http/schemas';
import { encodeMap } from './encode-map';
import { onlySeats, type SeatMapSnapshot } from './seat-map-cache';

const seat = z
  .strictObject({
    id: idOf('seat'),
    section: z.string(),
    row: z.string(),
    number: z.int().meta({ description: 'Neighbours in a row differ by one' }),
    label: z.string().optional().meta({ description: 'What the seat says, where that is not its number' }),
    x: z
      .number()
      .optional()
      .meta({ description: 'To the right, in units of the hall; all seats have x and y, or none' }),
    y: z.number().optional().meta({ description: 'Away from the stage' }),
    attributes: z.array(z.enum(seatAttributes)).optional(),
    rank: z.int().optional().meta({ description: 'How good it is: lower is better' }),
    price: points,
    status: z.enum(seatStatuses),
  })
  .meta({ id: 'Seat' });
export const seatMap = z
  .strictObject({
    yours: z
      .array(idOf('seat'))
      .optional()
      .meta({ description: 'The seats that you hold; only in the answer to a bearer token' }),
    performanceId: idOf('perf'),
    seats: z.array(seat),
  })
  .meta({ id: 'SeatMap' });

const headers = {
  ETag: 'Strong; send it as `If-None-Match` next time',
  'Cache-Control':
    '`no-cache`: keep it, but ask whether it is still good; `private` as well if it names seats of yours',
  Vary: '`Authorization, Accept-Encoding`',
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
    'By section, row and number. May be a quarter of a second old; what counts is decided when seats are held. With a ' +
    'bearer token it names the seats that you hold, and shows all that your own commands have changed.',
  auth: 'optional',
  params: pathId('performanceId', 'perf'),
  query: z.strictObject({
    status: z.enum(seatStatuses).optional().meta({ description: 'Only the seats with this status' }),
  }),
  headers: z.object({
    'if-none-match': z.string().optional().meta({ description: '`ETag` of the map that you have' }),
    'accept-encoding': z.string().optional().meta({ description: '`br` or `gzip`: a large map comes compressed' }),
  }),
  responses: {
    200: {
      description: 'The seat map.',
      headers: { ...headers, 'Content-Encoding': '`br` or `gzip`, for a reader who takes it, unless the map is small' },
      content: content(seatMap, { seats: seatMapExample }),
    },
    304: { description: 'The map that you have is still good.', headers },
  },
  errors: ['PERFORMANCE_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { performanceId }, query: { status }, user, headers: sent }, context: ApiContext) {
    const own = user && (await context.ownSeats({ userId: user.id, performanceId }));
    const all = await context.seatMapCache[own?.changed ? 'fresh' : 'get'](performanceId);
    if (!all) throw new Problem('PERFORMANCE_NOT_FOUND');
    const wanted = status === undefined ? all : onlySeats(all, status);
    const map = own ? withOwn(wanted, own.held) : wanted;
    const { encoding, etag, bytes } = encodeMap(map, sent['accept-encoding']);
    const headers = {
      ETag: etag,
      'Cache-Control': own ? 'private, no-cache' : 'no-cache',
      Vary: 'Authorization, Accept-Encoding',
    };
    if (isKnown(sent['if-none-match'], etag)) return { status: 304, headers };
    return {
      status: 200,
      headers: { ...headers, ...(encoding && { 'Content-Encoding': encoding }) },
      bytes: await bytes(),
    };
  },
});

/** What readers get who hold nothing: the same for all of them, so that it is encoded once. */
const withoutOwn = new WeakMap<SeatMapSnapshot, SeatMapSnapshot>();

/** The bytes that all share, with a reader's own seats in front. */
function withOwn(shared: SeatMapSnapshot, yours: readonly string[]): SeatMapSnapshot {
  const known = yours.length === 0 ? withoutOwn.get(shared) : undefined;
  if (known) return known;
  const { bytes, etag } = shared;
  const front = `{"yours":${JSON.stringify(yours)},`;
  const tag = createHash('sha256').update(front).digest('base64url').slice(0, 12);
  const own = { bytes: Buffer.concat([Buffer.from(front), bytes.subarray(1)]), etag: `${etag.slice(0, -1)}-${tag}"` };
  if (yours.length === 0) withoutOwn.set(shared, own);
  return own;
}

/** RFC 9110: a list of tags, compared without regard to weakness, or `*`. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
