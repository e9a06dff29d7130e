import { type EveryMs, type Resource, useResource } from '../api/use-resource';
import { operator } from './api';

/** Numbers that are read again `everyMs` after the last answer, with the operator's session. */
export function useLive<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  everyMs: EveryMs<T> = 2000,
): Resource<T> {
  const session = operator.value?.token;
  return useResource(session ? key : null, load, { everyMs, session });
}
