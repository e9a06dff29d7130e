import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example } from '../http/schemas';
import { feedEvent } from './event';
import { readEvents } from './read-events';

const page = z
  .strictObject({
    items: z.array(feedEvent),
    cursor: z.string().meta({ description: 'To be sent as `after` next time' }),
  })
  .meta({ id: 'Events' });

const hold = { holdId: example.hold, userId: 'user_5a1f0c3b9d7e2846f0a1', concertId: example.concert };
const cursor = '8269202A40000000012B042C0100296E5A1004';

export const listEvents = (config: Config) =>
  route({
    method: 'get',
    path: '/v1/admin/events',
    tag: 'Admin',
    summary: 'What happened, as it was committed',
    description:
      'A feed to follow: send the `cursor` of one answer as `after` of the next. Without `after` it begins now. Holds that ' +
      'were placed, paid, given back or ran out; seats that were offered to somebody on standby, or offered in vain, each right ' +
      'after the event of the hold that the offer is; seats that were cancelled, dates that were changed or called off, and queue ' +
      'tokens that were admitted. Events come in the order in which they ' +
      'were committed, so also in order for each seat and for each queue, and none is missed: who repeats a request gets ' +
      'the same events again. An admission is committed shortly after it happened (`at`). Store the cursor together with what you made of its events. `CURSOR_EXPIRED` says that the ' +
      'feed no longer reaches back so far (MongoDB keeps the log for `oplogMinRetentionHours`), or, after MongoDB was restored, ' +
      'not yet so far: read the state anew.',
    auth: ['admin'],
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
          cancelled: {
            items: [
              {
                type: 'reservation.cancelled',
                at: '2026-11-21T09:00:00.000Z',
                reservationId: example.res,
                paymentId: example.pay,
                userId: 'user_5a1f0c3b9d7e2846f0a1',
                concertId: example.concert,
                performanceId: example.perf,
                seatIds: [example.seat],
                refunded: 1350,
                fee: 150,
                cursor,
              },
            ],
            cursor,
          },
          moved: {
            items: [
              {
                type: 'performance.changed',
                at: '2026-11-21T10:00:00.000Z',
                concertId: example.concert,
                performanceId: example.perf,
                startsAt: '2027-01-15T19:00:00.000Z',
                refundUntil: '2027-01-08T19:00:00.000Z',
                cursor,
              },
            ],
            cursor,
          },
          admitted: {
            items: [
              {
                type: 'token.admitted',
                at: '2026-11-20T19:00:10.120Z',
                userId: 'user_5a1f0c3b9d7e2846f0a1',
                concertId: example.concert,
                tokenHash: 'q83vEjRWeJC8mnhWNBLv3g',
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
    async handler({ query: { after = null, limit, wait } }, { reads }: ApiContext) {
      const db = reads.getClient().db(reads.name);
      const { events, cursor: next } = await readEvents(db, { after, limit, waitMs: wait * 1000 });
      return { status: 200, body: { items: events, cursor: next } };
    },
  });
