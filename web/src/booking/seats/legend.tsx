import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import { priceTiers } from './price-tiers';
import type { LiveSeat } from './watch-seats';

/** What colours and signs mean. For sighted users: each seat has its price and state in its label. */
export function Legend({ seats }: { seats: readonly LiveSeat[] }) {
  const { seats: texts, unit } = messages.value;
  const tiers = new Map<number, number[]>();
  for (const [price, tier] of priceTiers(seats.map((seat) => seat.price)))
    tiers.set(tier, [...(tiers.get(tier) ?? []), price]);
  return (
    <ul class="legend small" aria-label={texts.legend}>
      {[...tiers].map(([tier, prices]) => (
        <li key={tier}>
          <svg class="swatch" viewBox="-20 -20 40 40" aria-hidden="true">
            <g class={`seat available tier-${tier}`}>
              <rect class="box" x="-15.5" y="-15.5" width="31" height="31" rx="9" />
            </g>
          </svg>
          {unit.points(prices.map(format.value.number).join(' · '))}
        </li>
      ))}
      {(['chosen', 'held', 'sold'] as const).map((state) => (
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
    </ul>
  );
}

const signs = { chosen: 'm-6.5 0.5 4.5 4.5 8.5-9.5', held: 'M-6 0H6', sold: 'm-4.5-4.5 9 9m0-9-9 9' };
