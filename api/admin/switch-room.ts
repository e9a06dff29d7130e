import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { ApiContext } from '../context';
import { route } from '../http/route';
import { changeConcert } from './change-concert';
import { roomEndpoint, roomPath, settingsNow } from './room-settings';

/** A switch of the room: changes the same fields however often it is sent. */
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
  'Let nobody in for now',
  'People may join and keep their places; visits that have begun go on.',
]);
export const resumeRoom = roomSwitch('resume', { paused: false, draining: false }, [
  'Let people in again',
  'Ends a pause, and lets new people join again after a drain.',
]);
export const drainRoom = roomSwitch('drain', { draining: true }, [
  'Take nobody new',
  'Joining answers `WAITING_ROOM_CLOSED`; those in line are let in as before. Resume ends it.',
]);
