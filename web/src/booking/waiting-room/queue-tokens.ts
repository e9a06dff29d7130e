import { api, type QueueTokenState } from '../../api/api';
import { who } from '../../platform/session';
import { stored } from '../../platform/stored';

/** Why there is no place any more, or none to be had. */
export type QueueEnd = 'closed' | 'silent' | 'session-over' | 'completed' | 'left' | 'reset' | 'unknown';

/** A place in the line of one concert. */
interface Place {
  /** Empty once it has ended. */
  token: string;
  userId: string;
  /** People ahead when it was taken, for the progress. Null: let in at once, or before the line opened. */
  firstAhead: number | null;
  /** Nobody takes a new one before the person has heard why. */
  ended?: QueueEnd;
}

/** In localStorage, so that a reload and a second tab go on with the same place. */
const places = stored<Record<string, Place>>('places', {});

function own(concertId: string): Place | null {
  const place = places.signal.value[concertId];
  return place && place.userId === who.value?.userId ? place : null;
}

/** This person's place, if this browser knows one. */
export function tokenOf(concertId: string): Place | null {
  const place = own(concertId);
  return place?.token ? place : null;
}

/** Why this person's place ended, if it did and no other was taken since. */
export function queueEndOf(concertId: string): QueueEnd | null {
  return own(concertId)?.ended ?? null;
}

/** Joins the line, or finds the place that this person has there. @throws FrontrowError */
export async function joinQueue(concertId: string, signal?: AbortSignal): Promise<QueueTokenState & { token: string }> {
  const state = await api.call('POST /v1/concerts/{concertId}/queue-token', { path: { concertId }, signal });
  storeToken(concertId, state.token, state.ahead);
  return state;
}

function storeToken(concertId: string, token: string, ahead: number | null): void {
  const before = tokenOf(concertId);
  const userId = who.value?.userId ?? '';
  const firstAhead = before?.token === token ? (before.firstAhead ?? ahead) : ahead;
  places.write({ ...places.read(), [concertId]: { token, userId, firstAhead } });
}

/** Takes note of how many were ahead when that was not known before. */
export function noteAhead(concertId: string, ahead: number | null): void {
  const place = tokenOf(concertId);
  if (place && ahead !== null && (place.firstAhead === null || ahead > place.firstAhead))
    places.write({ ...places.read(), [concertId]: { ...place, firstAhead: ahead } });
}

/** Whoever signs out leaves no tokens behind; the server finds the places again. */
export function forgetAllTokens(): void {
  places.write({});
}

/** @param ended why, if the person must hear of it before taking another place */
export function forgetToken(concertId: string, ended?: QueueEnd): void {
  const { [concertId]: _gone, ...rest } = places.read();
  const end: Place = { token: '', userId: who.value?.userId ?? '', firstAhead: null, ended };
  places.write(ended ? { ...rest, [concertId]: end } : rest);
}
