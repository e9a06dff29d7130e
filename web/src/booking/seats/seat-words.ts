import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import type { Located } from './layout';

/** `Section A, row 1, seat 5`. */
export function seatName({ section, row, number }: Located): string {
  return messages.value.unit.seat(section, row, number);
}

/** Seats row by row: `Section A, row 1, seats 5 and 6`. */
export function rowsOfSeats(seats: readonly Located[]): string[] {
  const { unit } = messages.value;
  const rows = new Map<string, Located[]>();
  for (const seat of seats) {
    const key = `${seat.section} ${seat.row}`;
    rows.set(key, [...(rows.get(key) ?? []), seat]);
  }
  return [...rows.values()].map((own) => {
    const numbers = own.map(({ number }) => number).sort((a, b) => a - b);
    const list = format.value.list(numbers.map(String));
    const [{ section, row } = { section: '', row: '' }] = own;
    return unit.row(section, row, unit.seatNumbers(list, numbers.length));
  });
}
