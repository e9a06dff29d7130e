import type { Seat } from '../../api/api';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import type { Located } from './layout';

/** `Section A, row 1, seat 5`. */
export function seatName(seat: Located): string {
  return messages.value.unit.seat(seat.section, seat.row, seatLabel(seat));
}

/** What the seat itself says. */
export const seatLabel = ({ label, number }: Located) => label ?? String(number);

/** `wheelchair place`, `restricted view`. */
export function attributeWords({ attributes = [] }: Pick<Seat, 'attributes'>): string[] {
  return attributes.map((attribute) => messages.value.seats.attributes[attribute]);
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
    const inOrder = [...own].sort((a, b) => a.number - b.number);
    const list = format.value.list(inOrder.map(seatLabel));
    const [{ section, row } = { section: '', row: '' }] = own;
    return unit.row(section, row, unit.seatNumbers(list, own.length));
  });
}
