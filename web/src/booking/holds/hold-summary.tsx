import type { ComponentChildren } from 'preact';
import type { Hold } from '../../api/api';
import { messages } from '../messages/messages';
import { priceText } from '../messages/price';
import { SeatLines } from '../seats/seat-lines';

/** Seats and price, and what else belongs to them. */
export function HoldSummary({ hold, children }: { hold: Hold; children?: ComponentChildren }) {
  const { hold: texts } = messages.value;
  return (
    <dl class="card facts">
      <div>
        <dt>{texts.seats}</dt>
        <dd>
          <SeatLines performanceId={hold.performanceId} seatIds={hold.seatIds} />
        </dd>
      </div>
      <div class="total">
        <dt>{texts.total}</dt>
        <dd class="number">{priceText(hold.amount)}</dd>
      </div>
      {children}
    </dl>
  );
}
