import { roomKeys, type WaitingRoomOptions } from './call-room';
import type { AdmissionNews, WaitingRoom } from './waiting-room-verbs';

/** Most calls that are read at once. */
const batch = 200;

/** The stream that the scripts write admissions to. */
export function newsVerbs({ redis, prefix }: WaitingRoomOptions): Pick<WaitingRoom, 'news' | 'forget'> {
  const keyOf = (concertId: string) => roomKeys(prefix, concertId).at(-1) ?? '';
  return {
    news: async ({ _id }) => (await redis.xrange(keyOf(_id), '-', '+', 'COUNT', batch)).map(readNews),
    async forget({ _id }, news) {
      // Only these: other workers may have stored others. The stream itself stays, and with it the order of its ids.
      if (news.length > 0) await redis.xdel(keyOf(_id), ...news.map(({ id }) => id));
    },
  };
}

/** Fields are 'at' and ms, then place and user of each. */
function readNews([id, [, at, ...told]]: [id: string, fields: string[]]): AdmissionNews {
  const admitted = told.flatMap((place, i) => (i % 2 === 0 ? [{ place, userId: told[i + 1] ?? '' }] : []));
  return { id, at: new Date(Number(at)), admitted };
}
