import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { roomEndpoint, roomExample, roomPath, roomSettings } from './room-settings';

const count = z.int().min(0);

const numbers = z
  .strictObject({
    waiting: count,
    active: count,
    admittedLastMinute: count,
    joined: count.meta({ description: "This and the following since the room's epoch began" }),
    admitted: count,
    dropped: count.meta({ description: 'Silent for longer than `graceSeconds`' }),
    expired: count.meta({ description: 'Active visitors whose session ended by itself' }),
    completed: count.meta({ description: 'Sessions that ended with a payment' }),
    left: count,
    meanWaitSeconds: z.number().min(0).nullable(),
  })
  .meta({ id: 'RoomNumbers' });

export const getRoom = route({
  ...roomEndpoint,
  auth: ['admin', 'operator', 'viewer'],
  method: 'get',
  path: roomPath,
  summary: 'Settings and numbers of a waiting room',
  description: 'Numbers are live.',
  responses: {
    200: {
      description: 'The room now.',
      content: content(z.strictObject({ settings: roomSettings, numbers }).meta({ id: 'AdminRoom' }), {
        room: {
          settings: roomExample,
          numbers: {
            ...{ waiting: 12_040, active: 498, admittedLastMinute: 187, joined: 15_210, admitted: 3102, dropped: 61 },
            ...{ expired: 240, completed: 2364, left: 7, meanWaitSeconds: 412.5 },
          },
        },
      }),
    },
  },
  async handler({ params }, { models, waitingRoom }: ApiContext) {
    // Not from the cache: a second after a reset the room would take the old epoch for a mistake.
    const concert = await models.concerts.findById(params.concertId).lean<ConcertDoc>();
    if (!concert) throw new Problem('CONCERT_NOT_FOUND');
    return { status: 200, body: { settings: concert.room, numbers: await waitingRoom.numbers(concert) } };
  },
});
