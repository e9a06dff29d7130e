import { useState } from 'preact/hooks';
import { settings } from '../../platform/settings';
import { Button } from '../../ui/button';
import type { Best } from '../commands/intent';
import { messages } from '../messages/messages';

interface FindSeatsProps {
  busy: boolean;
  resting: boolean;
  /** Whether the hall has places for wheelchairs. */
  hasAccessible: boolean;
  onFind: (best: Best) => void;
}

/** For those who want good seats and not a map: how many, and the product chooses. */
export function FindSeats({ busy, resting, hasAccessible, onFind }: FindSeatsProps) {
  const { seats: texts } = messages.value;
  const [seats, setSeats] = useState(Math.min(2, settings.maxSeats));
  const [together, setTogether] = useState(true);
  const [accessible, setAccessible] = useState(false);
  return (
    <form
      class="find-seats card row"
      aria-label={texts.find}
      onSubmit={(event) => {
        event.preventDefault();
        onFind({ seats, together, ...(accessible && { accessible }) });
      }}
    >
      <label class="row">
        <span>{texts.findMany}</span>
        <select value={seats} onChange={({ currentTarget }) => setSeats(Number(currentTarget.value))}>
          {Array.from({ length: settings.maxSeats }, (_, i) => (
            <option key={i + 1} value={i + 1}>
              {i + 1}
            </option>
          ))}
        </select>
      </label>
      {seats > 1 && (
        <label class="row">
          <span>{texts.findWhere}</span>
          <select value={together ? 'together' : 'apart'} onChange={() => setTogether(!together)}>
            <option value="together">{texts.findTogether}</option>
            <option value="apart">{texts.findApart}</option>
          </select>
        </label>
      )}
      {hasAccessible && (
        <label class="row">
          <input type="checkbox" checked={accessible} onChange={() => setAccessible(!accessible)} />
          <span>{texts.findAccessible}</span>
        </label>
      )}
      <Button type="submit" busy={busy} disabled={resting}>
        {busy ? texts.holding : texts.findGo(seats)}
      </Button>
    </form>
  );
}
