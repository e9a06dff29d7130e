import { useEffect, useRef } from 'preact/hooks';
import type { Hold } from '../../api/api';
import { duration } from '../../i18n/duration';
import { announce } from '../../ui/announcer';
import { useSecondsUntil } from '../../ui/use-clock';
import { messages } from '../messages/messages';

/** Seconds left that a screen reader announces. */
const announced = [60, 30, 10];
const urgent = 60;

interface CountdownProps {
  hold: Pick<Hold, 'placedAt' | 'expiresAt'>;
  /** A payment is on its way: it may still count. */
  paying: boolean;
  /** The time is over. */
  onEnd: () => void;
}

/** The time that is left by the server's clock, of the hold's own: what is offered to people on standby has another. */
export function Countdown({ hold: { placedAt, expiresAt }, paying, onEnd }: CountdownProps) {
  const { hold } = messages.value;
  const seconds = useSecondsUntil(expiresAt) ?? 0;
  const all = (Date.parse(expiresAt) - Date.parse(placedAt)) / 1000;
  const over = seconds === 0;
  useAnnouncedSeconds(seconds);
  const newest = useRef(onEnd);
  newest.current = onEnd;
  useEffect(() => {
    if (over) newest.current();
  }, [over]);
  const minutes = String(Math.floor(seconds / 60));
  return (
    <section class={`card countdown${seconds <= urgent ? ' is-urgent' : ''}`} aria-label={hold.left}>
      <p class="soft">{hold.left}</p>
      <p class="countdown-time number" role="timer">
        {hold.minutesLeft(minutes, String(seconds % 60).padStart(2, '0'))}
      </p>
      <div class="progress" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (seconds / all) * 100)}%` }} />
      </div>
      {over && <p class="countdown-more">{paying ? hold.inTime : hold.ending}</p>}
    </section>
  );
}

function useAnnouncedSeconds(seconds: number): void {
  const last = useRef(Number.POSITIVE_INFINITY);
  const { hold, unit } = messages.value;
  useEffect(() => {
    // After a sleep several may have passed: only the last one is of use.
    const due = announced.findLast((mark) => seconds <= mark && mark < last.current);
    if (due === undefined || seconds === 0) return;
    last.current = due;
    announce(hold.leftSaid(duration(seconds, unit)));
  }, [seconds, hold, unit]);
}
