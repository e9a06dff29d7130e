import { createClient } from '../../../client/src/index';
import { learnTime } from '../platform/server-clock';
import { bearer, sessionRefused } from '../platform/session';
import { heard } from './reach';

export { type Client, type ErrorCode, FrontrowError, hasCode, newIdempotencyKey } from '../../../client/src/index';
export type * from '../../../client/src/schema';

/** `fetch`, and what every answer tells in passing: the server's time, that it is there, that the session is over. */
export async function watchedFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const sentAt = Date.now();
  try {
    const response = await fetch(input, init);
    learnTime(sentAt, Date.now(), response.headers.get('Date'));
    heard(response.status);
    if (response.status === 401) refused(new Headers(init.headers));
    return response;
  } catch (error) {
    if (!init.signal?.aborted) heard(0);
    throw error;
  }
}

function refused(sent: Headers): void {
  const [, token] = /^Bearer (.+)$/.exec(sent.get('Authorization') ?? '') ?? [];
  if (token) sessionRefused(token);
}

/** The API as the person who is signed in. Repeats what passes for a few seconds; who needs it longer asks again. */
export const api = createClient({ baseUrl: '', token: bearer, fetch: watchedFetch, deadlineMs: 10_000 });
