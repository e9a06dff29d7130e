import { useMemo, useState } from 'preact/hooks';
import { type Hall, neighbour, type SeatPosition } from './layout';
import type { Zoom } from './use-zoom';
import type { LiveSeat } from './watch-seats';

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What keys and clicks do in the drawing of a hall, and which seat has the focus. */
export function useSeatInput(hall: Hall<LiveSeat>, zoom: Zoom, onToggle: (seat: LiveSeat) => void) {
  const all = useMemo(() => hall.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats)), [hall]);
  const [focused, setFocused] = useState<string | null>(null);
  const find = (event: Event) => {
    const id = (event.target as Element).closest('[data-seat]')?.getAttribute('data-seat');
    return all.find(({ seat }) => seat.id === id) ?? null;
  };
  return {
    /** Its id. */
    focused,
    onFocusIn: (event: FocusEvent) => setFocused(find(event)?.seat.id ?? null),
    onClick(event: MouseEvent) {
      const at = find(event);
      if (zoom.isTooSmall) return zoom.comeCloser(event.clientX, event.clientY);
      if (at) onToggle(at.seat);
    },
    onKeyDown(event: KeyboardEvent) {
      const from = find(event);
      if (!from || event.metaKey || event.ctrlKey || event.altKey) return;
      const isChoice = event.key === ' ' || event.key === 'Enter';
      const to = isChoice ? null : target(all, from, event.key);
      if (!isChoice && !to) return;
      event.preventDefault();
      if (isChoice) onToggle(from.seat);
      else if (to) focus(to.seat);
    },
  };
}

function target(
  all: SeatPosition<LiveSeat>[],
  from: SeatPosition<LiveSeat>,
  key: string,
): SeatPosition<LiveSeat> | null {
  const { section, row } = from.seat;
  const own = () => all.filter(({ seat }) => seat.section === section && seat.row === row);
  if (key === 'Home') return own()[0] ?? null;
  if (key === 'End') return own().at(-1) ?? null;
  const [dx, dy] = arrows[key] ?? [0, 0];
  if (dx === 0 && dy === 0) return null;
  // Along the row, however it bends; from its end on to what is beside it.
  const along = dx === 0 ? [] : own().filter(({ x }) => (x - from.x) * dx > 0);
  const next = along.sort((a, b) => (a.x - b.x) * dx)[0];
  return next ?? neighbour(all, from, dx, dy);
}

function focus({ id }: LiveSeat): void {
  const element = document.getElementById(`seat-${id}`);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
