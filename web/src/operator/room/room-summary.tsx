import type { AdminRoom } from '../../api/api';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';

/** The line of a concert in three numbers. */
export function RoomSummary({ numbers }: { numbers: AdminRoom['numbers'] }) {
  const { room } = messages.value;
  const { number } = format.value;
  const facts: [string, number][] = [
    [room.waiting, numbers.waiting],
    [room.active, numbers.active],
    [room.admitted, numbers.admittedLastMinute],
  ];
  return (
    <dl class="room-line">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="number">{number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
