import { z } from 'zod';
import { type ConcertDoc, defaultRoom } from '../../shared/concerts/concert.model';
import { createConcert } from '../concerts/set-up';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, newIdOf } from '../http/schemas';
import { adminConcert, concertExample, entryUrl, opensAt, presentAdminConcert, timeZone, title } from './admin-concert';
import { audited } from './audited';
import { checkLimits, limitChanges } from './room-settings';

const body = z
  .strictObject({
    id: newIdOf(example.concert),
    title,
    opensAt: opensAt.default(null),
    timeZone: timeZone.default(null),
    entryUrl: entryUrl.default(null),
    room: limitChanges
      .optional()
      .meta({ description: "Limits of the waiting room; those left out get the product's own" }),
  })
  .meta({ id: 'NewConcert' });

export const createConcertRoute = route({
  method: 'post',
  path: '/v1/admin/concerts',
  tag: 'Admin',
  summary: 'Create a concert',
  description:
    'With the limits of its waiting room. It has no dates until performances are created. The same request again gives ' +
    'the same answer; `ALREADY_EXISTS` if the id belongs to a concert that differs.',
  auth: ['admin'],
  body: content(body, {
    plain: { id: example.concert, title: 'The Demo Concert' },
    limited: {
      id: example.concert,
      title: 'The Demo Concert',
      opensAt: '2026-11-20T10:00:00.000Z',
      timeZone: 'Asia/Seoul',
      entryUrl: 'https://tickets.example.com/demo',
      room: { maxActive: 500, admitPerMinute: 200 },
    },
  }),
  responses: { 201: { description: 'The concert.', content: content(adminConcert, { concert: concertExample }) } },
  errors: ['ALREADY_EXISTS', 'SERVICE_UNAVAILABLE'],
  async handler({ body, user }, context: ApiContext) {
    const room = { ...defaultRoom, ...body.room };
    checkLimits(room);
    const concert: ConcertDoc = {
      _id: body.id,
      title: body.title,
      opensAt: body.opensAt === null ? null : new Date(body.opensAt),
      timeZone: body.timeZone,
      entryUrl: body.entryUrl,
      room,
      createdAt: new Date(context.clock.now()),
    };
    const action = { adminId: user.id, action: 'concert.create', target: body.id } as const;
    const made = await audited(context, action, async (session) => {
      const { concert: stored, created } = await createConcert(context.models, concert, session);
      return { value: stored, details: created ? { ...body } : null };
    });
    return { status: 201, body: presentAdminConcert(made) };
  },
});
