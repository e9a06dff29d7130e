import { createClient, FrontrowError } from '../../../client/src/index';
import { watchedFetch } from '../api/api';
import { orNull, stored, withFields } from '../platform/stored';

/** Beside the user's session, not in its place: one person may try out both in one browser. */
const session = stored<{ token: string } | null>('operator', null, orNull(withFields({ token: 'string' })));

export const operator = session.signal;
export const endSession = () => session.write(null);

/** The API as the operator; a token that is refused ends the session. */
export const api = createClient({
  baseUrl: '',
  token: () => session.read()?.token ?? '',
  fetch: async (input, init) => {
    const response = await watchedFetch(input, init);
    const sent = new Headers(init?.headers).get('Authorization');
    const current = session.read();
    if (response.status === 401 && current && sent === `Bearer ${current.token}`) session.write(null);
    return response;
  },
  deadlineMs: 8000,
});

/** @throws FrontrowError UNAUTHENTICATED for a wrong password */
export async function signIn(name: string, password: string): Promise<void> {
  const { token } = await api.call('POST /v1/sign-in', { body: { name, password } });
  session.write({ token });
}

/** A token of an identity provider, where the server hands out none. @throws FrontrowError when its owner has no role here */
export async function signInWith(token: string): Promise<void> {
  const check = createClient({ baseUrl: '', token: () => token, fetch: watchedFetch, deadlineMs: 8000 });
  await check.call('GET /v1/admin/me', {});
  session.write({ token });
}

/** Saves a file of the API's. @throws FrontrowError when it is refused, or ends before its end */
export async function download(path: string, fileName: string): Promise<void> {
  const { token = '' } = session.read() ?? {};
  const response = await watchedFetch(path, { headers: { Authorization: `Bearer ${token}` } }).catch(
    (cause: unknown) => {
      throw new FrontrowError('NO_ANSWER', { cause });
    },
  );
  if (!response.ok) {
    const { code = 'UNEXPECTED_ANSWER' } = await response.json().catch(() => ({}));
    throw new FrontrowError(code, { status: response.status });
  }
  // A file that was cut off is none.
  const content = await response.blob().catch((cause: unknown) => {
    throw new FrontrowError('NO_ANSWER', { cause });
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
