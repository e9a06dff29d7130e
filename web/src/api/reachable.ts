import { signal } from '@preact/signals';

/** Since when the server can't be reached, ms since 1970; null while it can. */
export const unreachableSince = signal<number | null>(null);

const unreachableStatuses = [502, 503, 504];

/** @param status of an answer; 0 without one */
export function noteAnswer(status: number): void {
  if (status === 0 || unreachableStatuses.includes(status)) unreachableSince.value ??= Date.now();
  else unreachableSince.value = null;
}
