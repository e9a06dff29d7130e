import type { ComponentChildren } from 'preact';
import type { PerformanceSales } from '../../api/api';
import { format } from '../../i18n/format';
import { OwnTime } from '../../ui/venue-time';
import { messages } from '../messages/messages';
import { SeatBar, sumOf } from './seat-bar';

interface DatesProps {
  dates: readonly PerformanceSales[];
  /** Of the venue. */
  zone: string;
  /** What can be done about a date. */
  actions?: (date: PerformanceSales) => ComponentChildren;
}

/** The dates of a concert, and where there are several their sum, under a title of the level that is due there. */
export function AllDates({ dates, zone, title: Title, actions }: DatesProps & { title: 'h3' | 'h4' }) {
  const { seats } = messages.value;
  return (
    <>
      <Dates dates={dates} zone={zone} actions={actions} />
      {dates.length > 1 && (
        <div class="date-sales all">
          <Title>{seats.all}</Title>
          <SeatBar counts={sumOf(dates)} />
        </div>
      )}
    </>
  );
}

/** Every date of a concert with its seats. */
function Dates({ dates, zone, actions }: DatesProps) {
  const { seats } = messages.value;
  const { number, shortDateTime } = format.value;
  return (
    <ul class="dates">
      {dates.map((date) => (
        <li key={date.id} class="date-sales">
          <div class="row apart">
            <div>
              <h3>
                {shortDateTime(date.startsAt, zone)}
                {date.cancelledAt && <span class="tag bad">{seats.calledOff}</span>}
              </h3>
              <OwnTime at={date.startsAt} zone={zone} />
            </div>
            <span class="soft small number">{seats.of(number(date.sold), number(date.seatsTotal))}</span>
          </div>
          <SeatBar counts={date} />
          {actions?.(date)}
        </li>
      ))}
    </ul>
  );
}
