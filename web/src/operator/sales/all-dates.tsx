import type { PerformanceSales } from '../../api/api';
import { messages } from '../messages/messages';
import { Dates } from './dates';
import { SeatBar, sumOf } from './seat-bar';

/** The dates of a concert, and where there are several their sum, under a title of the level that is due there. */
export function AllDates({ dates, title: Title }: { dates: readonly PerformanceSales[]; title: 'h3' | 'h4' }) {
  const { seats } = messages.value;
  return (
    <>
      <Dates dates={dates} />
      {dates.length > 1 && (
        <div class="date-sales all">
          <Title>{seats.all}</Title>
          <SeatBar counts={sumOf(dates)} />
        </div>
      )}
    </>
  );
}
