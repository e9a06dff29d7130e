import { type Signal, signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { api, FrontrowError, hasCode, type Problem, type QueueTokenState } from '../../api/api';
import { isTransient, keepTrying } from '../../api/keep-trying';
import { pause } from '../../platform/pause';
import { who } from '../../platform/session';
import { whileVisible } from '../../platform/work-while';
import { forgetToken, joinQueue, noteAhead, type QueueEnd, queueEndOf, tokenOf } from './queue-tokens';

export interface QueueWatch {
  state: Signal<QueueTokenState | null>;
  end: Signal<QueueEnd | null>;
  /** Whether changes come by the event stream, not by polling. */
  live: Signal<boolean>;
  /** Joins (again) after the end. */
  join(): void;
  stop(): void;
}

const defaultPollSeconds = 5;
/** ms. A poll that is too early is not worth a longer wait: there is another way. */
const pollMs = 2000;
/** Where a proxy answers no stream, or holds it back, it is polled so long before the next attempt, ms. */
const streamAgainMs = 30_000;

/** The queue of a concert, followed while the page is there and a user is signed in. */
export function useQueue(concertId: string): QueueWatch | null {
  const [queue, setQueue] = useState<QueueWatch | null>(null);
  const token = who.value?.token;
  useEffect(() => {
    if (!token || !concertId) return setQueue(null);
    const watched = watchQueue(concertId);
    setQueue(watched);
    return watched.stop;
  }, [concertId, token]);
  return queue;
}

/**
 * Joins the queue of a concert, or finds this user in it, and follows it to the end. A visible page reads the stream while
 * waiting; a hidden one polls. An active session is extended by polling, as long as the page is visible.
 */
function watchQueue(concertId: string): QueueWatch {
  const state = signal<QueueTokenState | null>(null);
  const end = signal<QueueEnd | null>(null);
  const live = signal(false);
  let controller = new AbortController();
  let noStreamUntil = 0;

  function receive(news: QueueTokenState): void {
    const { status } = news;
    if (status === 'completed' || status === 'left') finish(status);
    else if (status !== 'expired') state.value = news;
    noteAhead(concertId, news.ahead);
  }

  function finish(why: QueueEnd): void {
    end.value = why;
    if (why !== 'closed') forgetToken(concertId, why);
  }

  /** Joins where there is no token, reads the stream to its end, and polls once after it. */
  async function followOnce(signal: AbortSignal): Promise<void> {
    if (!tokenOf(concertId)) receive(await joinQueue(concertId, signal));
    if (end.value === 'closed') end.value = null;
    const active = state.value?.status === 'active';
    const last = active || document.hidden || Date.now() < noStreamUntil ? null : await readStream(signal);
    if (end.value) return;
    // Nobody uses an active page that is hidden: the session runs out by itself.
    const polls = () => !(active && document.hidden);
    if (polls() && (last === 'expired' || !state.value)) receive(await poll(signal));
    if (last) return;
    await pause((state.value?.pollAfterSeconds ?? defaultPollSeconds) * 1000, signal);
    if (polls()) receive(await poll(signal));
  }

  /** @returns the status that ended the wait; null when the stream broke off before, or the page was hidden. @throws FrontrowError when the queue has no such token */
  async function readStream(signal: AbortSignal): Promise<QueueTokenState['status'] | null> {
    let last: QueueTokenState['status'] | null = null;
    const asked = { path: { concertId }, queueToken: tokenOf(concertId)?.token };
    const onOpen = () => {
      live.value = true;
    };
    try {
      await whileVisible(signal, async (visible) => {
        const options = { ...asked, signal: visible, onOpen };
        for await (const { event, data } of api.events('GET /v1/concerts/{concertId}/queue-token/events', options)) {
          if (event !== 'queue-token') continue;
          const news: QueueTokenState = JSON.parse(data);
          last = news.status;
          receive(news);
          if (last !== 'waiting') return;
        }
      });
    } catch (error) {
      signal.throwIfAborted();
      // A broken stream is no reason to stop: the next poll says what is the matter.
      if (!isTransient(error)) throw error;
      if (hasCode(error, 'STREAM_SILENT', 'TOO_MANY_STREAMS')) noStreamUntil = Date.now() + streamAgainMs;
    } finally {
      live.value = false;
    }
    return last === 'waiting' ? null : last;
  }

  async function poll(signal: AbortSignal): Promise<QueueTokenState> {
    const known = tokenOf(concertId);
    // Another tab has paid or left: this one must not join again by itself.
    if (!known) throw new FrontrowError('QUEUE_TOKEN_EXPIRED', { problem: ended(queueEndOf(concertId) ?? 'left') });
    const asked = { path: { concertId }, queueToken: known.token, signal, deadlineMs: pollMs };
    return api.call('GET /v1/concerts/{concertId}/queue-token', asked).catch((error: unknown) => {
      // While another tab reads the stream, every poll is too early. Joining again gives the state of the same token.
      if (hasCode(error, 'QUEUE_POLL_TOO_EARLY') && !state.value) return joinQueue(concertId, signal);
      throw error;
    });
  }

  async function follow(signal: AbortSignal): Promise<void> {
    const mayRepeat = (error: unknown) => {
      const why = endOf(error);
      // Forgotten by a store that lost it: the next attempt joins.
      if (hasCode(error, 'QUEUE_TOKEN_NOT_FOUND')) forgetToken(concertId);
      else if (why) finish(why);
      else return isTransient(error);
      return !end.value || end.value === 'closed';
    };
    try {
      while (!end.value) await keepTrying(() => followOnce(signal), { signal, mayRepeat });
    } catch (error) {
      if (!signal.aborted && !end.value && !hasCode(error, 'UNAUTHENTICATED')) finish('unknown');
    }
  }

  function join(): void {
    controller.abort();
    controller = new AbortController();
    end.value = null;
    state.value = null;
    if (queueEndOf(concertId)) forgetToken(concertId);
    void follow(controller.signal);
  }

  const before = queueEndOf(concertId);
  if (before) end.value = before;
  else join();
  return { state, end, live, join, stop: () => controller.abort() };
}

function endOf(error: unknown): QueueEnd | null {
  if (hasCode(error, 'WAITING_ROOM_CLOSED')) return 'closed';
  if (hasCode(error, 'QUEUE_TOKEN_INVALID')) return 'reset';
  if (!hasCode(error, 'QUEUE_TOKEN_EXPIRED')) return null;
  const reason = error.problem?.reason;
  const known: QueueEnd[] = ['silent', 'session-over', 'completed', 'left', 'reset'];
  return known.find((one) => one === reason) ?? 'session-over';
}

/** As the server would say it. */
function ended(reason: QueueEnd): Problem {
  return { type: '', title: '', status: 403, code: 'QUEUE_TOKEN_EXPIRED', detail: '', reason };
}
