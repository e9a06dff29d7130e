import { format } from '../../i18n/format';
import { messages } from './messages';

/** `1,500 points`, or that it is free. */
export function priceText(points: number): string {
  const { unit } = messages.value;
  return points === 0 ? unit.free : unit.points(format.value.number(points));
}
