import type { AdminRoom } from '../../api/api';
import { duration } from '../../i18n/duration';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import { may } from '../staff';
import { Tile } from '../tile';
import { LimitsForm } from './limits-form';
import { Switches, type SwitchesProps } from './switches';

/** A waiting room: its numbers, who is admitted, its limits. */
export function RoomPanel({ concertId, room, onChanged }: SwitchesProps) {
  const { room: texts, unit } = messages.value;
  const { number } = format.value;
  const { numbers, settings } = room;
  const wait = numbers.meanWaitSeconds;
  return (
    <section class="stack" aria-labelledby="room">
      <h2 id="room">{texts.title}</h2>
      <dl class="tiles">
        <Tile label={texts.waiting} value={number(numbers.waiting)} />
        <Tile
          label={texts.active}
          value={number(numbers.active)}
          hint={settings.maxActive === null ? undefined : texts.atMost(number(settings.maxActive))}
        />
        <Tile
          label={texts.admitted}
          value={number(numbers.admittedLastMinute)}
          hint={settings.admitPerMinute === null ? undefined : texts.atMost(number(settings.admitPerMinute))}
        />
        <Tile label={texts.meanWait} value={wait === null ? texts.none : duration(wait, unit)} />
      </dl>
      <SinceTheEpoch numbers={numbers} />
      {may('admin', 'operator') && (
        <div class="two">
          <Switches concertId={concertId} room={room} onChanged={onChanged} />
          <LimitsForm concertId={concertId} settings={settings} onChanged={onChanged} />
        </div>
      )}
    </section>
  );
}

function SinceTheEpoch({ numbers }: { numbers: AdminRoom['numbers'] }) {
  const { room: texts } = messages.value;
  const since: [string, number][] = [
    [texts.joined, numbers.joined],
    [texts.admittedAll, numbers.admitted],
    [texts.completed, numbers.completed],
    [texts.expired, numbers.expired],
    [texts.left, numbers.left],
    [texts.dropped, numbers.dropped],
  ];
  return (
    <div class="card stack">
      <h3>{texts.since}</h3>
      <dl class="pairs">
        {since.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{format.value.number(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
