import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { ApiContext } from '../context';
import { route } from '../http/route';
import { changeConcert } from './change-concert';
import { roomEndpoint, roomPath, settingsNow } from './room-settings';

/** A switch of the waiting room: sets the same fields however often it is sent. */
function roomSwitch(verb: 'pause' | 'resume' | 'drain', room: Partial<ConcertDoc['room']>, about: [string, string]) {
  return route({
    ...roomEndpoint,
    method: 'post',
    path: `${roomPath}/${verb}`,
    summary: about[0],
    description: about[1],
    responses: settingsNow,
    async handler({ params, user }, context: ApiContext) {
      const changed = await changeConcert(context, user, `waiting-room.${verb}`, params.concertId, () => ({ room }));
      return { status: 200, body: changed.room };
    },
  });
}

export const pauseRoom = roomSwitch('pause', { paused: true }, [
  'Pause admission',
  'Visitors may join and keep their positions; sessions that have begun go on.',
]);
export const resumeRoom = roomSwitch('resume', { paused: false, draining: false }, [
  'Resume admission',
  'Ends a pause, and allows joining again after a drain.',
]);
export const drainRoom = roomSwitch('drain', { draining: true }, [
  'Close the waiting room to new visitors',
  'Joining answers `WAITING_ROOM_CLOSED`; waiting visitors are admitted as before. Resume ends it.',
]);
