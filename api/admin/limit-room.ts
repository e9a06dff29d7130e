import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { changeConcert } from './change-concert';
import { checkLimits, limitChanges, roomEndpoint, roomPath, settingsNow } from './room-settings';

export const limitRoom = route({
  ...roomEndpoint,
  method: 'patch',
  path: roomPath,
  summary: 'Set the limits of a waiting room',
  description: 'Also while it runs: every process follows within a second, and no visitor loses a position or session.',
  body: content(limitChanges, { busy: { maxActive: 500, admitPerMinute: 200 }, open: { maxActive: null } }),
  responses: settingsNow,
  async handler({ params, body, user }, context: ApiContext) {
    const { room } = await changeConcert(context, user, 'waiting-room.limit', params.concertId, (concert) => {
      checkLimits({ ...concert.room, ...body });
      return { room: body };
    });
    return { status: 200, body: room };
  },
});
