import { createCallRoom } from '../../../shared/waiting-room/call-room';
import { loadScripts } from '../../../shared/waiting-room/scripts';
import { secret } from '../lab';
import { freezeClock } from '../model/frozen-clock';
import { edit } from './edit';
import type { Fault } from './fault';

const sound = loadScripts(freezeClock);
/** Lets in whoever it is told to, whether still in line or not. */
const obedient = loadScripts((source, name) => {
  if (name !== 'advance') return freezeClock(source, name);
  const popped = edit(
    source,
    "local head = redis.call('ZPOPMIN', line)",
    "local head = looked == 0 and { ARGV[17], ARGV[18] } or {}\n    redis.call('ZREM', line, ARGV[17])",
  );
  return edit(popped, "redis.call('EXISTS', line) == 0", 'false');
});

/** The tick reads who is first in one call and lets that visitor in by the next. */
export const nonAtomicPop: Fault = {
  breaks: 'nobody is in twice',
  scripts: sound,
  plant: (room, { redis, prefix, clock, keys }) => {
    const call = createCallRoom({ redis, prefix, clock, secret, scripts: { ...sound, admit: obedient.admit } });
    return {
      ...room,
      async admit(concert) {
        await room.admit({ ...concert, room: { ...concert.room, paused: true } });
        const result = { admitted: [], more: false, waiting: 0, active: 0, untold: 0, leader: true };
        for (;;) {
          const [place, order] = await redis.zrange(keys(concert._id)[1] ?? '', '0', '0', 'WITHSCORES');
          if (place === undefined || order === undefined) return result;
          const answer = await call('admit', concert, ['', 0, place, order]);
          if (answer.length === 5) return result;
        }
      },
    };
  },
};
