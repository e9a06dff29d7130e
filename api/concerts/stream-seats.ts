import { z } from 'zod';
import { seatStatuses } from '../../shared/concerts/seat.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { type EventStream, route } from '../http/route';
import { example, idOf, pathId } from '../http/schemas';
import { lastEventId } from '../streams/event-stream';
import { seatMap, seatMapExample } from './get-seat-map';

const change = z.strictObject({ id: idOf('seat'), status: z.enum(seatStatuses) });
const seatChanges = z.strictObject({ changes: z.array(change) }).meta({ id: 'SeatChanges' });

export const streamSeats = route({
  method: 'get',
  path: '/v1/performances/{performanceId}/seats/events',
  tag: 'Concert',
  summary: 'The seats of a performance, live',
  description:
    'Server-Sent Events: an event `seat-map` with all seats, as `GET …/seats` answers them, at once; then an event `seats` ' +
    'with the seats that have become free, held, sold or blocked, within a second of the commit. Every event has an `id`: a client that ' +
    'comes back with it as `Last-Event-ID` gets only what it missed, or a new `seat-map` where that id is not known ' +
    '(any more). A comment every 15 seconds. A client that reads too slowly is cut off, and comes back. Beyond so many ' +
    'streams of a user, or without one of an address, or of the whole process, the answer is `TOO_MANY_STREAMS`: poll then.',
  auth: 'optional',
  params: pathId('performanceId', 'perf'),
  headers: lastEventId,
  responses: {
    200: {
      description: 'The stream; each `data` is one of these, by the name of the event.',
      mediaType: 'text/event-stream',
      content: content(z.union([seatMap, seatChanges]), {
        'seat-map': seatMapExample,
        seats: { changes: [{ id: example.seat, status: 'held' }] },
      }),
    },
  },
  errors: ['PERFORMANCE_NOT_FOUND', 'TOO_MANY_STREAMS', 'SERVICE_UNAVAILABLE'],
  async handler({ params, headers }, { seatBroadcaster }: ApiContext) {
    const seats = await seatBroadcaster.open(params.performanceId);
    if (!seats) throw new Problem('PERFORMANCE_NOT_FOUND');
    const lastId = headers['last-event-id'];
    const stream: EventStream = { kind: 'seats', start: ({ write }) => seats.add(write, lastId) };
    return { status: 200, stream };
  },
});
