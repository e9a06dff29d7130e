import { useEffect, useRef } from 'preact/hooks';
import type { QueueTokenState } from '../../api/api';
import { between, duration } from '../../i18n/duration';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { tabNote } from '../../ui/heading';
import { Notice } from '../../ui/notice';
import { messages } from '../messages/messages';
import { tokenOf } from './queue-tokens';

/** Position, people ahead, estimate, progress, and that the position is kept. */
export function QueuePosition(props: { state: QueueTokenState; concertId: string; isLive: boolean }) {
  const { state, concertId, isLive } = props;
  const { queue } = messages.value;
  const { number, time } = format.value;
  const position = state.position ?? 1;
  const ahead = state.ahead ?? position - 1;
  const first = Math.max(tokenOf(concertId)?.firstAhead ?? ahead, ahead, 1);
  // A user who has just joined sees that the bar is one.
  const percent = Math.max(2, Math.round(((first - ahead) / (first + 1)) * 100));
  useAnnouncedPosition(position);
  return (
    <div class="stack">
      {state.paused && (
        <Notice kind="warn" title={queue.paused}>
          <p>{queue.pausedMore}</p>
        </Notice>
      )}
      <section class="card position" aria-label={queue.position}>
        <p class="position-title soft">{queue.position}</p>
        <p class="position-number number">{number(position)}</p>
        <p class="position-ahead">{queue.ahead(ahead)}</p>
        <div
          class="progress"
          role="progressbar"
          aria-label={queue.progress}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          tabIndex={-1}
        >
          <span style={{ width: `${percent}%` }} />
        </div>
        <dl class="facts">
          <div>
            <dt>{queue.eta}</dt>
            <dd>{etaText(state)}</dd>
          </div>
        </dl>
        <p class={`pulse soft small${isLive ? ' is-live' : ''}`}>
          {isLive ? queue.live : queue.asking(duration(state.pollAfterSeconds ?? 5, messages.value.unit))}
        </p>
      </section>
      <Notice kind="good" title={queue.keeps}>
        <p>
          {queue.keepsMore} {state.expiresAt && queue.until(time(state.expiresAt))}
        </p>
      </Notice>
    </div>
  );
}

function etaText({ eta, etaSeconds, paused }: QueueTokenState): string {
  const { queue, unit } = messages.value;
  if (paused || !eta.known || etaSeconds === null) return queue.unknown;
  if (etaSeconds < 10) return queue.moments;
  const { lowSeconds: low, highSeconds: high } = eta;
  if (low === null || high === null) return queue.about(duration(etaSeconds, unit));
  return between(low, high, unit, queue.between);
}

/** ms between two announcements of the position: more often near the front. */
const announceNearMs = 15_000;
const announceFarMs = 60_000;
const near = 10;

/** Announces the position at first, then rarely, and puts it into the tab's title. */
function useAnnouncedPosition(position: number): void {
  const last = useRef({ position: 0, at: 0 });
  const { queue } = messages.value;
  useEffect(() => {
    const wait = position <= near ? announceNearMs : announceFarMs;
    if (last.current.position === position || Date.now() - last.current.at < wait) return;
    last.current = { position, at: Date.now() };
    announce(queue.said(position));
  }, [position, queue]);
  useEffect(() => {
    tabNote.value = `(${position}) `;
    return () => {
      tabNote.value = '';
    };
  }, [position]);
}
