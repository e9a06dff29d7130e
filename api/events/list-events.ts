import { z } from 'zod';
import { native } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import { content } from '../content';
import { route } from '../route';
import { example, idOf, points, time } from '../schemas';
import { eventTypes, type HoldEvent, readEvents } from './read-events';

const event = z
  .strictObject({
    type: z.enum(eventTypes),
    at: time,
    holdId: idOf('hold'),
    userId: z.string(),
    concertId: idOf('concert'),
    performanceId: idOf('perf'),
    seatIds: z.array(idOf('seat')),
    amount: points,
    expiresAt: time,
    reservationId: idOf('res').nullable(),
    cursor: z.string().meta({ description: 'Goes on after this event' }),
  })
  .meta({ id: 'Event' });

const page = z
  .strictObject({ items: z.array(event), cursor: z.string().meta({ description: 'To be sent as `after` next time' }) })
  .meta({ id: 'Events' });

const hold = { holdId: example.hold, userId: 'user_5a1f0c3b9d7e2846f0a1', concertId: example.concert };
const cursor = '8269202A40000000012B042C0100296E5A1004';

export const listEvents = (config: Config) =>
  route({
    method: 'get',
    path: '/v1/admin/events',
    tag: 'Admin',
    summary: 'What happened to holds, as it was committed',
    description:
      'A feed to follow: send the `cursor` of one answer as `after` of the next. Without `after` it begins now. Events come in ' +
      'the order in which they were committed, so also in order for each seat, and none is missed: who repeats a request gets ' +
      'the same events again. Store the cursor together with what you made of its events. `CURSOR_EXPIRED` says that the ' +
      'feed no longer reaches back so far (MongoDB keeps the log for `oplogMinRetentionHours`): read the state anew.',
    auth: 'admin',
    query: z.strictObject({
      after: z.hex().max(2000).optional().meta({ description: 'A cursor; the feed goes on behind it' }),
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .max(1000)
        .default(100)
        .meta({ description: 'About how many events at most' }),
      wait: z.coerce
        .number()
        .int()
        .min(0)
        .max(config.MAX_WAIT_SECONDS)
        .default(0)
        .meta({ description: 'Seconds to wait for an event' }),
    }),
    responses: {
      200: {
        description: 'Events after the cursor, oldest first.',
        content: content(page, {
          paid: {
            items: [
              {
                type: 'hold.paid',
                at: '2026-11-20T19:02:10.120Z',
                ...hold,
                performanceId: example.perf,
                seatIds: [example.seat],
                amount: 1500,
                expiresAt: '2026-11-20T19:05:00.000Z',
                reservationId: example.res,
                cursor,
              },
            ],
            cursor,
          },
          quiet: { items: [], cursor },
        }),
      },
    },
    errors: ['CURSOR_EXPIRED', 'SERVICE_UNAVAILABLE'],
    async handler({ query: { after = null, limit, wait } }, { models }) {
      const { events, cursor: next } = await readEvents(native(models, 'holds'), { after, limit, waitMs: wait * 1000 });
      return { status: 200, body: { items: events.map(present), cursor: next } };
    },
  });

function present({ type, hold: doc, cursor: after }: HoldEvent) {
  const { _id, userId, concertId, performanceId, seatIds, amount, placedAt, endedAt, expiresAt, reservationId } = doc;
  const at = type === 'hold.placed' ? placedAt : (endedAt ?? placedAt);
  const place = { holdId: _id, userId, concertId, performanceId, seatIds };
  // The document may be of a later moment than the placing of the hold.
  const paid = type === 'hold.paid' ? reservationId : null;
  return {
    type,
    at: at.toISOString(),
    ...place,
    amount,
    expiresAt: expiresAt.toISOString(),
    reservationId: paid,
    cursor: after,
  };
}
