import { type Signal, signal } from '@preact/signals';
import { api, FrontrowError, hasCode, type Problem, type QueueTokenState } from '../../api/api';
import { askedToWait, isTransient } from '../../api/keep-trying';
import { backOff, pause } from '../../platform/pause';
import { forgetToken, joinQueue, noteAhead, type QueueEnd, queueEndOf, tokenOf } from './queue-tokens';
import { listenToLine } from './read-queue-stream';

export interface Line {
  state: Signal<QueueTokenState | null>;
  end: Signal<QueueEnd | null>;
  /** Whether news come by themselves, not by asking every few seconds. */
  live: Signal<boolean>;
  /** Takes a place (again) after the end. */
  join(): void;
  stop(): void;
}

/** ms between looks at a line that takes nobody new. */
const closedMs = 5000;
const usualPollSeconds = 5;
/** ms. A look that comes too early is not worth a longer wait: there is another way. */
const lookMs = 2000;

/**
 * Takes this person's place in the line of a concert, or finds it, and follows it to the end. A page in sight listens to
 * the stream while waiting; one out of sight asks now and then, since browsers allow only six connections to a server.
 * An active visit is extended by asking, as long as the page is in sight.
 */
export function watchQueue(concertId: string): Line {
  const state = signal<QueueTokenState | null>(null);
  const end = signal<QueueEnd | null>(null);
  const live = signal(false);
  let controller = new AbortController();

  function take(news: QueueTokenState): void {
    const { status } = news;
    if (status === 'completed' || status === 'left') finish(status);
    else if (status !== 'expired') state.value = news;
    noteAhead(concertId, news.ahead);
  }

  function finish(why: QueueEnd): void {
    end.value = why;
    if (why !== 'closed') forgetToken(concertId, why);
  }

  async function follow(signal: AbortSignal): Promise<void> {
    if (!tokenOf(concertId)) take(await joinQueue(concertId, signal));
    if (end.value === 'closed') end.value = null;
    while (!end.value) {
      const active = state.value?.status === 'active';
      const noteAnswer = active || document.hidden ? 'nothing' : await listenToLine(concertId, { live, take, signal });
      if (end.value) return;
      // Nobody is at an active page out of sight: the visit runs out by itself.
      if (!(active && document.hidden) && (noteAnswer === 'expired' || !state.value)) take(await look(signal));
      if (noteAnswer === 'active' || noteAnswer === 'expired') continue;
      await pause((state.value?.pollAfterSeconds ?? usualPollSeconds) * 1000, signal);
      if (!(active && document.hidden)) take(await look(signal));
    }
  }

  async function look(signal: AbortSignal): Promise<QueueTokenState> {
    const place = tokenOf(concertId);
    // Another tab has paid or left: this one must not join again by itself.
    if (!place) throw new FrontrowError('QUEUE_TOKEN_EXPIRED', { problem: ended(queueEndOf(concertId) ?? 'left') });
    const asked = { path: { concertId }, queueToken: place.token, signal, deadlineMs: lookMs };
    return api.call('GET /v1/concerts/{concertId}/queue-token', asked).catch((error: unknown) => {
      // As long as another tab listens, every poll is early. Joining again finds the same place, and says where it is.
      if (hasCode(error, 'QUEUE_POLL_TOO_EARLY') && !state.value) return joinQueue(concertId, signal);
      throw error;
    });
  }

  async function keepFollowing(signal: AbortSignal): Promise<void> {
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        return await follow(signal);
      } catch (error) {
        if (signal.aborted || hasCode(error, 'UNAUTHENTICATED')) return;
        const why = endOf(error);
        // Forgotten by a store that lost it: the next try takes a place.
        if (hasCode(error, 'QUEUE_TOKEN_NOT_FOUND')) forgetToken(concertId);
        else if (why) finish(why);
        else if (!isTransient(error)) finish('unknown');
        if (end.value && end.value !== 'closed') return;
        await pause(why ? closedMs : Math.max(askedToWait(error), backOff(tries)), signal).catch(() => undefined);
      }
    }
  }

  function join(): void {
    controller.abort();
    controller = new AbortController();
    end.value = null;
    state.value = null;
    if (queueEndOf(concertId)) forgetToken(concertId);
    void keepFollowing(controller.signal);
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
