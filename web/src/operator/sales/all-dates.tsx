import type { PerformanceSales } from '../../api/api';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import { type Counts, SeatBar, sumOf } from './seat-bar';

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

interface DateSales extends Counts {
  id: string;
  startsAt: string;
}

/** Every date of a concert with its seats. */
function Dates({ dates }: { dates: readonly DateSales[] }) {
  const { seats } = messages.value;
  const { number, shortDateTime } = format.value;
  return (
    <ul class="dates">
      {dates.map((date) => (
        <li key={date.id} class="date-sales">
          <div class="row apart">
            <h3>{shortDateTime(date.startsAt)}</h3>
            <span class="soft small number">{seats.of(number(date.sold), number(date.seatsTotal))}</span>
          </div>
          <SeatBar counts={date} />
        </li>
      ))}
    </ul>
  );
}
