import type { Config } from '../platform/config';
import type { StandbyEntryDoc } from './standby.model';

/** Redis channel on which workers name the places on standby that they changed, after the commit. */
export function standbyChannel({ QUEUE_PREFIX }: Pick<Config, 'QUEUE_PREFIX'>): string {
  return `${QUEUE_PREFIX}:standby`;
}

/** A place to read, and whose it is; not what became of it. */
type StandbyNotice = Pick<StandbyEntryDoc, '_id' | 'userId'>;

/** A line for each place: ids of places have no spaces, those of users no line ends. */
export function encodePlaces(places: readonly StandbyNotice[]): string {
  return places.map(({ _id, userId }) => `${_id} ${userId}`).join('\n');
}

export function decodePlaces(text: string): StandbyNotice[] {
  return text.split('\n').map((line) => {
    const [_id = ''] = line.split(' ', 1);
    return { _id, userId: line.slice(_id.length + 1) };
  });
}
