import { encodeTick } from '../../../shared/waiting-room/codec';
import { createRunScript, loadScripts } from '../../../shared/waiting-room/scripts';
import { secret } from '../lab';
import { freezeClock } from '../model/frozen-clock';
import { edit } from './edit';
import type { Fault } from './fault';

const sound = loadScripts(freezeClock);
/** Admits whoever it is asked to, whether still in line or not. */
const obedient = loadScripts((source, name) => {
  if (name !== 'advance') return freezeClock(source, name);
  const popped = edit(
    source,
    "local head = redis.call('ZPOPMIN', line)",
    "local head = checked == 0 and { ARGV[#ARGV - 1], ARGV[#ARGV] } or {}\n    redis.call('ZREM', line, ARGV[#ARGV - 1])",
  );
  return edit(popped, "redis.call('EXISTS', line) == 0", 'false');
});

/** The tick reads who is first in one call and lets that visitor in by the next. */
export const nonAtomicPop: Fault = {
  breaks: 'nobody is in twice',
  scripts: sound,
  plant: (room, { redis, prefix, clock, keys }) => {
    const run = createRunScript({ redis, prefix, clock, secret, scripts: { ...sound, admit: obedient.admit } });
    return {
      ...room,
      async admit(concert) {
        await room.admit({ ...concert, room: { ...concert.room, paused: true } });
        const result = { admitted: [], more: false, waiting: 0, active: 0, ended: 0, pending: 0, leader: true };
        for (;;) {
          const [id, order] = await redis.zrange(keys(concert._id).line, '0', '0', 'WITHSCORES');
          if (id === undefined || order === undefined) return result;
          const [answer] = await run('admit', concert, [...encodeTick({ worker: '', leaseMs: 0 }), id, order]);
          if (answer?.outcome !== 'ticked' || answer.admitted.length === 0) return result;
        }
      },
    };
  },
};
