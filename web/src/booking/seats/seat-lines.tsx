import { api } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { messages } from '../messages/messages';
import { rowsOfSeats } from './seat-words';

/** Seats by section, row and number, which the seat map knows. */
export function SeatLines({ performanceId, seatIds }: { performanceId: string; seatIds: readonly string[] }) {
  const { unit } = messages.value;
  const { data } = useResource(`seats ${performanceId}`, (signal) => api.performances.seats(performanceId, { signal }));
  if (!data) return <>{unit.seats(seatIds.length)}</>;
  const own = data.filter(({ id }) => seatIds.includes(id));
  return (
    <ul>
      {rowsOfSeats(own).map((row) => (
        <li key={row}>{row}</li>
      ))}
    </ul>
  );
}
