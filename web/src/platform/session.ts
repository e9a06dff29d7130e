import { computed } from '@preact/signals';
import { orNull, stored, withFields } from './stored';

interface Session {
  /** Bearer token; empty once it has ended, so that one still knows whose it was. */
  token: string;
  userId: string;
  name: string;
}

const isSession = orNull(withFields({ token: 'string', userId: 'string', name: 'string' }));

/**
 * In localStorage: a second tab and a reload must find it, and no cookie means that no other site can act with it. What
 * guards it is the content security policy: nothing but the page's own files runs here.
 */
const session = stored<Session | null>('session', null, isSession);

export const who = session.signal;
export const signedIn = computed(() => Boolean(session.signal.value?.token));
export const startSession = session.write;
export const endSession = () => session.write(null);

/** The token was refused: everything else stays as it is, until the same user is back. */
export function sessionRefused(token: string): void {
  const now = session.read();
  // Another tab may have a newer one.
  if (now && now.token === token) session.write({ ...now, token: '' });
}

export const bearer = () => session.read()?.token ?? '';
