import { api, type QueueTokenState } from '../../api/api';
import { who } from '../../platform/session';
import { recordOf, stored, withFields } from '../../platform/stored';

/** Why there is no queue token any more, or none to be had. */
export type QueueEnd = 'closed' | 'silent' | 'session-over' | 'completed' | 'left' | 'reset' | 'unknown';

/** A user's token for the queue of one concert. */
interface KnownToken {
  /** Empty once it has ended. */
  token: string;
  userId: string;
  /** People ahead when it was issued, for the progress. Null: admitted at once, or issued before the opening. */
  firstAhead: number | null;
  /** No new one is requested before the user has seen why. */
  ended?: QueueEnd;
}

const isKnownToken = withFields({ token: 'string', userId: 'string' });

/** By concert. In localStorage, so that a reload and a second tab go on with the same token. */
const tokens = stored<Record<string, KnownToken>>('places', {}, recordOf(isKnownToken));

function own(concertId: string): KnownToken | null {
  const known = tokens.signal.value[concertId];
  return known && known.userId === who.value?.userId ? known : null;
}

/** This user's token, if this browser knows one. */
export function tokenOf(concertId: string): KnownToken | null {
  const known = own(concertId);
  return known?.token ? known : null;
}

/** Why this user's token ended, if it did and no other was issued since. */
export function queueEndOf(concertId: string): QueueEnd | null {
  return own(concertId)?.ended ?? null;
}

/** Joins the queue, or finds the token that this user has there. @throws FrontrowError */
export async function joinQueue(concertId: string, signal?: AbortSignal): Promise<QueueTokenState & { token: string }> {
  const state = await api.call('POST /v1/concerts/{concertId}/queue-token', { path: { concertId }, signal });
  storeToken(concertId, state.token, state.ahead);
  return state;
}

function storeToken(concertId: string, token: string, ahead: number | null): void {
  const before = tokenOf(concertId);
  const userId = who.value?.userId ?? '';
  const firstAhead = before?.token === token ? (before.firstAhead ?? ahead) : ahead;
  tokens.write({ ...tokens.read(), [concertId]: { token, userId, firstAhead } });
}

/** Takes note of how many were ahead when that was not known before. */
export function noteAhead(concertId: string, ahead: number | null): void {
  const known = tokenOf(concertId);
  if (known && ahead !== null && (known.firstAhead === null || ahead > known.firstAhead))
    tokens.write({ ...tokens.read(), [concertId]: { ...known, firstAhead: ahead } });
}

/** A user who signs out leaves no tokens behind; the server finds them again. */
export function forgetAllTokens(): void {
  tokens.write({});
}

/** @param ended why, if the user must see it before joining again */
export function forgetToken(concertId: string, ended?: QueueEnd): void {
  const { [concertId]: _gone, ...rest } = tokens.read();
  const end: KnownToken = { token: '', userId: who.value?.userId ?? '', firstAhead: null, ended };
  tokens.write(ended ? { ...rest, [concertId]: end } : rest);
}
