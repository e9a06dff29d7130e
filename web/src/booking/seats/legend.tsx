import { messages } from '../messages/messages';
import { priceText } from '../messages/price';
import { AttributeSign, shownAttributes } from './attribute-sign';
import { priceScale } from './price-scale';
import type { LiveSeat } from './watch-seats';

/** With more prices than this, a row of all colours stands between the dearest and the cheapest. */
const maxNamed = 6;

/** What colours and signs mean. For sighted users: each seat has its price and state in its label. */
export function Legend({ seats }: { seats: readonly LiveSeat[] }) {
  const { seats: texts } = messages.value;
  const scale = [...priceScale(seats.map((seat) => seat.price))];
  return (
    <ul class="legend small" aria-label={texts.legend}>
      {scale.length > maxNamed ? (
        <li>
          {priceText(scale[0]?.[0] ?? 0)}
          <Swatches tiers={scale.map(([, tier]) => tier)} />
          {priceText(scale.at(-1)?.[0] ?? 0)}
        </li>
      ) : (
        scale.map(([price, tier]) => (
          <li key={price}>
            <Swatches tiers={[tier]} />
            {priceText(price)}
          </li>
        ))
      )}
      {(['chosen', 'held', 'sold', 'blocked'] as const).map((state) => (
        <li key={state}>
          <svg class="swatch" viewBox="-20 -20 40 40" aria-hidden="true">
            <g class={`seat ${state}`}>
              <rect class="box" x="-15.5" y="-15.5" width="31" height="31" rx="9" />
              <path class="sign" d={signs[state]} />
            </g>
          </svg>
          {texts.state[state]}
        </li>
      ))}
      {shownAttributes
        .filter((attribute) => seats.some(({ attributes }) => attributes?.includes(attribute)))
        .map((attribute) => (
          <li key={attribute}>
            <svg class="swatch" viewBox="-20 -20 40 40" aria-hidden="true">
              <g class="seat available">
                <rect class="box" x="-15.5" y="-15.5" width="31" height="31" rx="9" />
                <AttributeSign attribute={attribute} />
              </g>
            </svg>
            {texts.attributes[attribute]}
          </li>
        ))}
    </ul>
  );
}

const signs = {
  chosen: 'm-6.5 0.5 4.5 4.5 8.5-9.5',
  held: 'M-6 0H6',
  sold: 'm-4.5-4.5 9 9m0-9-9 9',
  blocked: 'm-5 5 10-10',
};

/** Free seats of these tiers; where there are many they overlap. */
function Swatches({ tiers }: { tiers: readonly number[] }) {
  const step = tiers.length > 1 ? 12 : 40;
  const width = 40 + step * (tiers.length - 1);
  return (
    <svg
      class="swatch"
      viewBox={`-20 -20 ${width} 40`}
      style={{ width: `${(width / 40) * 1.5}rem` }}
      aria-hidden="true"
    >
      {tiers.map((tier, i) => (
        <g key={tier} class="seat available" style={{ '--tier': tier }}>
          <rect class="box" x={step * i - 15.5} y="-15.5" width="31" height="31" rx="9" />
        </g>
      ))}
    </svg>
  );
}
