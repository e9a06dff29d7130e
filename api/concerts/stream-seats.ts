import { z } from 'zod';
import { seatStatuses } from '../../shared/concerts/seat.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { type EventStream, route } from '../http/route';
import { example, idOf, pathId } from '../http/schemas';
import { type StandbyPlace, standbyPlace, standbyPlaceExample } from '../standby/standby-place';
import { lastEventId } from '../streams/event-stream';
import { seatMap, seatMapExample } from './get-seat-map';

const change = z.strictObject({ id: idOf('seat'), status: z.enum(seatStatuses) });
// Not nullable(), as in api/commands/job.ts.
const standbyChange = z.strictObject({ place: z.union([standbyPlace, z.null()]) }).meta({ id: 'StandbyChange' });
const seatChanges = z.strictObject({ changes: z.array(change) }).meta({ id: 'SeatChanges' });

export const streamSeats = route({
  method: 'get',
  path: '/v1/performances/{performanceId}/seats/events',
  tag: 'Concert',
  summary: 'The seats of a performance, live',
  description:
    'Server-Sent Events: an event `seat-map` with all seats, as `GET …/seats` answers them, at once; then an event `seats` ' +
    'with the seats that have become free, held, sold or blocked, within a second of the commit. These events have an `id`: a client that ' +
    'comes back with it as `Last-Event-ID` gets only what it missed, or a new `seat-map` where that id is not known ' +
    '(any more). A signed-in user gets an event `standby` as well, without an `id`: with the newest place on standby there, or ' +
    'null, at first, and again whenever it changes; what it is now is all that counts of it. A comment every 15 seconds. A client that reads too slowly is cut off, and comes back. Beyond so many ' +
    'streams of a user, or without one of an address, or of the whole process, the answer is `TOO_MANY_STREAMS`: poll then.',
  auth: 'optional',
  params: pathId('performanceId', 'perf'),
  headers: lastEventId,
  responses: {
    200: {
      description: 'The stream; each `data` is one of these, by the name of the event.',
      mediaType: 'text/event-stream',
      content: content(z.union([seatMap, seatChanges, standbyChange]), {
        'seat-map': seatMapExample,
        seats: { changes: [{ id: example.seat, status: 'held' }] },
        standby: { place: standbyPlaceExample },
      }),
    },
  },
  errors: ['PERFORMANCE_NOT_FOUND', 'TOO_MANY_STREAMS', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { performanceId }, headers, user }, { seatBroadcaster, standbyBroadcaster }: ApiContext) {
    const seats = await seatBroadcaster.open(performanceId);
    if (!seats) throw new Problem('PERFORMANCE_NOT_FOUND');
    const lastId = headers['last-event-id'];
    const stream: EventStream = {
      kind: 'seats',
      start({ write, send, end }) {
        const stop = seats.add(write, lastId);
        const sink = { send: (place: StandbyPlace | null) => send('standby', { place }), end };
        const leave = user && standbyBroadcaster.subscribe(user.id, performanceId, sink);
        return () => {
          stop();
          leave?.();
        };
      },
    };
    return { status: 200, stream };
  },
});
