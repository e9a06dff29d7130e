import { encodeTick } from '../../../shared/waiting-room/codec';
import { createRunScript, loadScripts } from '../../../shared/waiting-room/scripts';
import { secret } from '../lab';
import { freezeClock } from '../model/frozen-clock';
import { edit } from './edit';
import type { Fault } from './fault';

const sound = loadScripts(freezeClock);
const cap = "maxActive - redis.call('ZCARD', active)";
const trusting = loadScripts((source, name) =>
  freezeClock(name === 'advance' ? edit(source, cap, 'tonumber(ARGV[#ARGV])') : source, name),
);

/** The tick reads how many places are free in one call and fills as many in the next. */
export const capReadBeforeWrite: Fault = {
  breaks: 'the cap is never exceeded',
  scripts: sound,
  plant: (room, { redis, prefix, clock, keys }) => {
    const run = createRunScript({ redis, prefix, clock, secret, scripts: { ...sound, admit: trusting.admit } });
    return {
      ...room,
      async admit(concert) {
        await room.admit({ ...concert, room: { ...concert.room, paused: true } });
        const active = await redis.zcard(keys(concert._id).active);
        const free = Math.max(0, (concert.room.maxActive ?? 100) - active);
        await run('admit', concert, [...encodeTick({ worker: '', leaseMs: 0 }), free]);
        return { admitted: [], more: false, waiting: 0, active: 0, ended: 0, pending: 0, leader: true };
      },
    };
  },
};
