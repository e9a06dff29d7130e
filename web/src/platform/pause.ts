import { pause as pauseFor } from '../../../client/src/pause';
import { onWake } from './wake';

/** Waits `ms`, or less when the page wakes up. @throws the signal's reason as soon as it is aborted */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return pauseFor(ms, signal, onWake);
}
