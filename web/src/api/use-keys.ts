import { useRef } from 'preact/hooks';
import { newIdempotencyKey } from './api';

interface Keys {
  /** The key of a request: the same one however often it is sent, until `renew`. */
  of(request: unknown): string;
  /** All that was asked for is decided: the same once more is another request. */
  renew(): void;
}

/** Idempotency keys of what a form asks for: after an answer that was lost it is sent again, and nothing is done twice. */
export function useKeys(): Keys {
  const keys = useRef(new Map<string, string>()).current;
  return {
    of(request) {
      const text = JSON.stringify(request);
      const key = keys.get(text) ?? newIdempotencyKey();
      keys.set(text, key);
      return key;
    },
    renew: () => keys.clear(),
  };
}
