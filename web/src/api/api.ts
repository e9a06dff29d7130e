import { type Client, createClient } from '../../../client/src/index';
import { noteServerTime } from '../platform/server-clock';
import { bearer, sessionRefused, who } from '../platform/session';
import { noteAnswer } from './reachable';

export { type Client, type ErrorCode, FrontrowError, hasCode, newIdempotencyKey } from '../../../client/src/index';
export type * from '../../../client/src/schema';

/** `fetch` that takes note of what every answer shows: the server's time, that it is reachable, that the session is over. */
export async function watchedFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const sentAt = Date.now();
  try {
    const response = await fetch(input, init);
    noteServerTime(sentAt, Date.now(), response.headers.get('Date'));
    noteAnswer(response.status);
    if (response.status === 401) refused(new Headers(init.headers));
    return response;
  } catch (error) {
    if (!init.signal?.aborted) noteAnswer(0);
    throw error;
  }
}

function refused(sent: Headers): void {
  const [, token] = /^Bearer (.+)$/.exec(sent.get('Authorization') ?? '') ?? [];
  if (token) sessionRefused(token);
}

/**
 * The API as one user and no other: while another one is signed in, or none, requests end as if there were no answer.
 * A command that is repeated must never become that of the next user of this browser.
 */
export function apiOf(userId: string): Client {
  const token = () => {
    const session = who.peek();
    if (!session?.token || session.userId !== userId) throw new Error('not signed in');
    return session.token;
  };
  return createClient({ baseUrl: '', token, fetch: watchedFetch, deadlineMs: 20_000 });
}

/** The API as the user who is signed in. Repeats transient failures for a few seconds; callers that need longer ask again. */
export const api = createClient({ baseUrl: '', token: bearer, fetch: watchedFetch, deadlineMs: 10_000 });
