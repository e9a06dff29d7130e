import { useEffect, useState } from 'preact/hooks';
import { settings } from '../../platform/settings';
import type { Command } from '../commands/intent';
import { choiceFor } from './choice';
import type { LiveSeat, LiveSeats } from './watch-seats';

type ChoiceProblem =
  | { kind: 'too-many' }
  | { kind: 'section'; begun: string; wanted: LiveSeat }
  /** @param refused the server said so, when they were to be held */
  | { kind: 'taken'; seatIds: readonly string[]; refused: boolean };

export interface ChoiceState {
  chosen: LiveSeat[];
  trouble: ChoiceProblem | null;
  toggle(seat: LiveSeat): void;
  remove(seat: LiveSeat): void;
  clear(): void;
  /** Removes seats that another user has. */
  lose(seatIds: readonly string[], refused: boolean): void;
  startOver(seat: LiveSeat): void;
}

interface Around {
  /** Held by this user. */
  yours: ReadonlySet<string>;
  /** The command that is pending. */
  pending: Command | null;
}

/** What is chosen, within the server's rules: so many seats, of one section, and only free ones. */
export function useChoice(performanceId: string, live: LiveSeats | null, { yours, pending }: Around): ChoiceState {
  const choice = choiceFor(performanceId);
  const [trouble, setTrouble] = useState<ChoiceProblem | null>(null);
  const seats = live?.seats.value ?? [];
  const ids = choice.ids.value;
  const chosen = ids.flatMap((id) => seats.find((seat) => seat.id === id && !yours.has(id)) ?? []);

  // What this user holds, on whichever device, is no choice any more, and nobody else took it.
  useEffect(() => {
    const isYours = (id: string) => yours.has(id);
    const without = (all: readonly string[]) => all.filter((id) => !isYours(id));
    if (ids.some(isYours)) choice.set(without(ids));
    if (trouble?.kind !== 'taken' || !trouble.seatIds.some(isYours)) return;
    const seatIds = without(trouble.seatIds);
    setTrouble(seatIds.length > 0 ? { ...trouble, seatIds } : null);
  });

  const lose = (lost: readonly string[], refused: boolean) => {
    choice.set(choice.ids.peek().filter((id) => !lost.includes(id)));
    if (lost.length > 0) setTrouble({ kind: 'taken', seatIds: lost, refused });
  };

  // Seats that are held for this user become unfree too.
  const version = live?.version.value;
  useEffect(() => {
    if (version === undefined || pending) return;
    const lost = chosen.filter(({ status }) => status.peek() !== 'available').map(({ id }) => id);
    if (lost.length > 0) lose(lost, false);
  }, [version, pending]);

  const set = (next: readonly string[]) => {
    setTrouble(null);
    choice.set(next);
  };
  return {
    chosen,
    trouble,
    lose,
    toggle(seat) {
      if (pending || yours.has(seat.id)) return;
      if (ids.includes(seat.id)) return set(ids.filter((id) => id !== seat.id));
      if (seat.status.value !== 'available') return;
      const begun = chosen[0]?.section;
      if (begun !== undefined && begun !== seat.section) return setTrouble({ kind: 'section', begun, wanted: seat });
      if (chosen.length >= settings.maxSeats) return setTrouble({ kind: 'too-many' });
      set([...ids, seat.id]);
    },
    remove: (seat) => set(ids.filter((id) => id !== seat.id)),
    clear: () => set([]),
    startOver: (seat) => set([seat.id]),
  };
}
