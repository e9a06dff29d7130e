import { settings } from '../../platform/settings';
import { Button } from '../../ui/button';
import { CloseIcon } from '../../ui/icons';
import { messages } from '../messages/messages';
import { priceText } from '../messages/price';
import { seatLabel, seatName } from './seat-words';
import type { ChoiceState } from './use-choice';

interface ChoiceBarProps {
  choice: ChoiceState;
  busy: boolean;
  resting: boolean;
  onHold: () => void;
}

/** What is chosen, what it costs, and the way on. Always in sight. */
export function ChoiceBar({ choice, busy, resting, onHold }: ChoiceBarProps) {
  const { seats, unit } = messages.value;
  const { chosen } = choice;
  const total = chosen.reduce((sum, { price }) => sum + price, 0);
  return (
    <section class="choice-bar card" aria-label={seats.chosen}>
      {chosen.length === 0 ? (
        <p class="soft">{seats.most(settings.maxSeats)}</p>
      ) : (
        <ul class="chips">
          {chosen.map((seat) => (
            <li key={seat.id}>
              <button type="button" class="chip" onClick={() => busy || choice.remove(seat)}>
                {seat.section}-{seat.row}-{seatLabel(seat)}
                <span class="unseen">, {seats.remove(seatName(seat))}</span>
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="choice-total">
        <span class="soft">{seats.total}</span>{' '}
        <strong class="number">{chosen.length === 0 ? unit.points('0') : priceText(total)}</strong>
      </p>
      <Button onClick={onHold} busy={busy} disabled={chosen.length === 0 || resting}>
        {busy ? seats.holding : seats.hold(chosen.length)}
      </Button>
    </section>
  );
}
