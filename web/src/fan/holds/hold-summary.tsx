import type { Hold } from '../../api/api';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import { SeatLines } from '../seats/seat-lines';

export function HoldSummary({ hold }: { hold: Hold }) {
  const { hold: texts, unit } = messages.value;
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
        <dd class="number">{unit.points(format.value.number(hold.amount))}</dd>
      </div>
    </dl>
  );
}
