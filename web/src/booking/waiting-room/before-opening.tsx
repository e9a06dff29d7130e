import { format } from '../../i18n/format';
import { Notice } from '../../ui/notice';
import { useSecondsUntil } from '../../ui/use-clock';
import { VenueTime } from '../../ui/venue-time';
import { messages } from '../messages/messages';

const daySeconds = 24 * 3600;

interface BeforeOpeningProps {
  opensAt: string;
  /** Of the venue; null until it is read. */
  zone: string | null;
  drawNumber: number | null;
}

/** The queue is not open yet: a countdown, and that being early is no advantage. */
export function BeforeOpening({ opensAt, zone, drawNumber }: BeforeOpeningProps) {
  const { queue, unit } = messages.value;
  const seconds = useSecondsUntil(opensAt) ?? 0;
  const two = (n: number) => String(n).padStart(2, '0');
  const days = Math.floor(seconds / daySeconds);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return (
    <div class="stack">
      <section class="card position" aria-label={queue.drawTitle}>
        <p class="position-title soft">{queue.opensIn}</p>
        <p class="position-number number" role="timer">
          {days > 0 && <span class="days">{unit.days(days)} </span>}
          {days + hours > 0 ? `${two(hours)}:${rest}` : rest}
        </p>
        <p class="position-ahead">{zone && <VenueTime at={opensAt} zone={zone} />}</p>
      </section>
      <Notice title={drawNumber === null ? queue.drawTitle : queue.drawNumber(format.value.number(drawNumber))}>
        <p>{queue.draw}</p>
      </Notice>
      <Notice kind="good" title={queue.keeps}>
        <p>{queue.keepsMore}</p>
      </Notice>
    </div>
  );
}
