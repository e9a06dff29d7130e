import { messages } from '../messages/messages';
import { priceText } from '../messages/price';
import { AttributeSign } from './attribute-sign';
import type { SeatPosition } from './layout';
import { attributeWords, seatLabel, seatName } from './seat-words';
import type { LiveSeat } from './watch-seats';

/** Units of the drawing to a cell. */
export const cell = 40;

interface SeatProps {
  placed: SeatPosition<LiveSeat>;
  /** Of its price, see `priceScale`. */
  tier: number;
  chosen: boolean;
  /** Held by this user. */
  yours: boolean;
  /** Was chosen, and another user was faster. */
  lost: boolean;
  /** The one seat that the Tab key comes to. */
  tabbable: boolean;
}

/** One seat: a box that is ticked or not. Its area is the whole cell. */
export function SeatBox({ placed: { seat, x, y }, tier, chosen, yours, lost, tabbable }: SeatProps) {
  const { seats } = messages.value;
  const status = seat.status.value;
  const free = status === 'available';
  const state = yours ? 'yours' : chosen ? 'chosen' : status;
  return (
    <g
      id={`seat-${seat.id}`}
      class={`seat ${state}${lost ? ' lost' : ''}`}
      style={{ '--tier': tier }}
      transform={`translate(${x * cell} ${y * cell})`}
      role="checkbox"
      aria-checked={chosen || yours}
      aria-disabled={!free || yours || undefined}
      aria-label={seats.label(
        seatName(seat),
        [priceText(seat.price), ...attributeWords(seat)].join(', '),
        seats.state[state],
      )}
      tabindex={tabbable ? 0 : -1}
      data-seat={seat.id}
    >
      <rect class="area" x="-20" y="-20" width="40" height="40" />
      <rect class="ring" x="-19" y="-19" width="38" height="38" rx="12" />
      <rect class="box" x="-15.5" y="-15.5" width="31" height="31" rx="9" />
      <SeatSign state={state} seat={seat} />
    </g>
  );
}

/** Never shown by colour alone: a tick, a bar, a cross or a stroke. */
function SeatSign({ state, seat }: { state: string; seat: LiveSeat }) {
  if (state === 'chosen' || state === 'yours') return <path class="sign" d="m-6.5 0.5 4.5 4.5 8.5-9.5" />;
  if (state === 'held') return <path class="sign" d="M-6 0H6" />;
  if (state === 'sold') return <path class="sign" d="m-4.5-4.5 9 9m0-9-9 9" />;
  if (state === 'blocked') return <path class="sign" d="m-5 5 10-10" />;
  if (seat.attributes?.includes('accessible')) return <AttributeSign attribute="accessible" />;
  const name = seatLabel(seat);
  return (
    <>
      {seat.attributes?.includes('companion') && <AttributeSign attribute="companion" />}
      {seat.attributes?.includes('restricted-view') && <AttributeSign attribute="restricted-view" />}
      <text class={`sign${name.length > 3 ? ' long' : ''}`} y="4.5">
        {name}
      </text>
    </>
  );
}
