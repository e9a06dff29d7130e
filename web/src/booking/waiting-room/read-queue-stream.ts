import type { Signal } from '@preact/signals';
import { FrontrowError, type QueueTokenState } from '../../api/api';
import { readStream } from '../../api/event-stream';
import { isTransient } from '../../api/keep-trying';
import { tokenOf } from './queue-tokens';

interface Listener {
  /** True while the stream is there. */
  live: Signal<boolean>;
  take: (state: QueueTokenState) => void;
  signal: AbortSignal;
}

/** The last status that was heard; `nothing` when the stream broke before, or the page went out of sight. */
type Heard = QueueTokenState['status'] | 'nothing';

/** Listens to the line until the wait is over, the stream breaks or nobody looks at the page. @throws FrontrowError when there is no place */
export async function listenToLine(concertId: string, { live, take, signal }: Listener): Promise<Heard> {
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  const hide = () => document.hidden && own.abort();
  signal.addEventListener('abort', abort);
  document.addEventListener('visibilitychange', hide);
  let noteAnswer = 'nothing' as Heard;
  try {
    await readStream({
      path: `/v1/concerts/${encodeURIComponent(concertId)}/queue-token/events`,
      headers: { 'Queue-Token': tokenOf(concertId)?.token ?? '' },
      signal: own.signal,
      onOpen: () => {
        live.value = true;
      },
      onEvent: ({ name, data }) => {
        if (name !== 'queue-token') return;
        const state: QueueTokenState = JSON.parse(data);
        noteAnswer = state.status;
        take(state);
        if (noteAnswer !== 'waiting') own.abort();
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    // A broken stream is no reason to stop: the next look says what is the matter.
    if (error instanceof FrontrowError && !isTransient(error)) throw error;
  } finally {
    live.value = false;
    signal.removeEventListener('abort', abort);
    document.removeEventListener('visibilitychange', hide);
  }
  return noteAnswer === 'waiting' ? 'nothing' : noteAnswer;
}
