import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import { type Counts, SeatBar } from './seat-bar';

interface DateSales extends Counts {
  id: string;
  startsAt: string;
}

/** Every date of a concert with its seats. */
export function Dates({ dates }: { dates: readonly DateSales[] }) {
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
