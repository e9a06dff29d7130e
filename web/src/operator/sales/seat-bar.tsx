import { format } from '../../i18n/format';
import { messages } from '../messages/messages';

interface Counts {
  seatsTotal: number;
  available: number;
  held: number;
  sold: number;
  blocked: number;
}

const kinds = ['sold', 'held', 'blocked', 'available'] as const;

/** Seats by what they are: a bar for the eye, and the numbers. */
export function SeatBar({ counts }: { counts: Counts }) {
  const { seats } = messages.value;
  const { number } = format.value;
  return (
    <div class="seat-bar">
      <div class="seat-bar-line" aria-hidden="true">
        {kinds.map(
          (kind) => counts[kind] > 0 && <span key={kind} class={`seats-${kind}`} style={{ flexGrow: counts[kind] }} />,
        )}
      </div>
      <dl class="seat-bar-numbers">
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>
              <span class={`swatch seats-${kind}`} aria-hidden="true" />
              {seats[kind]}
            </dt>
            <dd class="number">{number(counts[kind])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export function sumOf(all: readonly Counts[]): Counts {
  const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0);
  const counts = { available: sum('available'), held: sum('held'), sold: sum('sold'), blocked: sum('blocked') };
  return { seatsTotal: sum('seatsTotal'), ...counts };
}
