import { z } from 'zod';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { changeConcert } from './change-concert';
import { roomEndpoint, roomPath, settingsNow } from './room-settings';

const reset = z
  .strictObject({
    epoch: z.int().min(1).meta({ description: 'The epoch to end, so that a repeat resets nothing twice', example: 1 }),
  })
  .meta({ id: 'RoomReset' });

export const resetRoom = route({
  ...roomEndpoint,
  method: 'post',
  path: `${roomPath}/reset`,
  summary: 'Reset the queue',
  description:
    'Ends the epoch that you name: every visitor, waiting or active, must join again, and old queue tokens are invalid. ' +
    'An epoch that has ended already is left at that.',
  body: content(reset, { first: { epoch: 1 } }),
  responses: settingsNow,
  async handler({ params, body, user }, context: ApiContext) {
    const { room } = await changeConcert(context, user, 'waiting-room.reset', params.concertId, ({ room: now }) => {
      if (body.epoch > now.epoch) throw invalid([{ path: 'body.epoch', message: `The epoch is ${now.epoch}` }]);
      return { room: { epoch: Math.max(now.epoch, body.epoch + 1) } };
    });
    return { status: 200, body: room };
  },
});
