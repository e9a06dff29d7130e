import { signal } from '@preact/signals';

/** Since when the server can't be reached, ms since 1970; null while it can. */
export const awaySince = signal<number | null>(null);

const away = [502, 503, 504];

/** @param status of an answer; 0 without one */
export function heard(status: number): void {
  if (status === 0 || away.includes(status)) awaySince.value ??= Date.now();
  else awaySince.value = null;
}
