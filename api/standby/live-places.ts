import type { Models } from '../../shared/models';
import { type Line, lineId, type StandbyEntryDoc } from '../../shared/standby/standby.model';
import { notWaiting, type PlaceInLine } from './standby-place';

type LivePlace = Pick<StandbyEntryDoc, 'performanceId' | 'section' | 'number' | 'status'>;

/** Names a place without its id, which the index does not have. */
const placeKey = ({ number, ...line }: Line & { number: number }) => `${lineId(line)}/${number}`;

/** How the places of some lines stand that wait or are offered something. */
export interface LivePlaces {
  of(place: StandbyEntryDoc): (PlaceInLine & Pick<LivePlace, 'status'>) | undefined;
  /** How many were read. */
  count: number;
}

/** All of them by one query, answered by the index alone. */
export async function readLivePlaces(models: Models, lines: readonly Line[]): Promise<LivePlaces> {
  const live = lines.map(({ performanceId, section }) => ({
    ...{ performanceId, section },
    status: { $in: ['waiting', 'offered'] as const },
  }));
  const found = await models.standbyEntries
    .find({ $or: live }, { _id: 0, performanceId: 1, section: 1, status: 1, number: 1 })
    .lean<LivePlace[]>();
  const places = new Map(found.map((place) => [placeKey(place), { status: place.status, ...notWaiting }]));
  for (const line of linesOf(found))
    for (const [i, place] of line.entries())
      places.set(placeKey(place), { status: 'waiting', position: i + 1, length: line.length });
  return { of: (place) => places.get(placeKey(place)), count: found.length };
}

/** Who waits in each line, in order. */
function linesOf(found: readonly LivePlace[]): LivePlace[][] {
  const lines = new Map<string, LivePlace[]>();
  for (const place of found) {
    if (place.status !== 'waiting') continue;
    const id = lineId(place);
    const line = lines.get(id);
    if (line) line.push(place);
    else lines.set(id, [place]);
  }
  return [...lines.values()].map((line) => line.sort((a, b) => a.number - b.number));
}
