import { isDeepStrictEqual } from 'node:util';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import type { User } from '../http/user';
import { audited } from './audited';
import type { Confirmed } from './confirmed';

/** What may be changed about a concert: itself, its waiting room, or both. */
interface ConcertChanges {
  concert?: Partial<Pick<ConcertDoc, 'title' | 'opensAt' | 'timeZone' | 'entryUrl'>>;
  room?: Partial<ConcertDoc['room']>;
}

type Action = 'concert.update' | `waiting-room.${'limit' | 'pause' | 'resume' | 'drain' | 'reset'}`;

/**
 * Changes a concert and records who did it and what it was before. A request that changes nothing leaves no record.
 * Other processes follow within a second.
 * @param decide what to change, given the concert as it is; may run several times; may throw to refuse
 * @param confirmed what a second person confirms by this
 * @throws Problem CONCERT_NOT_FOUND
 */
export async function changeConcert(
  context: ApiContext,
  user: User,
  action: Action,
  concertId: string,
  decide: (concert: ConcertDoc) => ConcertChanges,
  confirmed?: Confirmed,
): Promise<ConcertDoc> {
  const concerts = native(context.models, 'concerts');
  const changed = await audited(
    context,
    { adminId: user.id, action, target: concertId, confirmed },
    async (session) => {
      const before = await concerts.findOne({ _id: concertId }, { session });
      if (!before) throw new Problem('CONCERT_NOT_FOUND');
      const { concert, room } = decide(before);
      const after: ConcertDoc = { ...before, ...defined(concert), room: { ...before.room, ...defined(room) } };
      const details = { ...differences(before, after), ...differences(before.room, after.room) };
      if (Object.keys(details).length === 0) return { value: before, details: null };
      const { _id, ...fields } = after;
      await concerts.updateOne({ _id }, { $set: fields }, { session });
      return { value: after, details };
    },
  );
  context.concerts.drop(concertId);
  return changed;
}

/** Without the fields that a request left out. */
function defined<T extends object>(fields: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Field to `{from, to}`; nested objects are compared on their own. */
function differences<T extends object>(before: T, after: T): Record<string, unknown> {
  const fields = Object.keys(after) as (keyof T & string)[];
  const changed = fields.filter((field) => field !== 'room' && !isDeepStrictEqual(before[field], after[field]));
  return Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }]));
}
