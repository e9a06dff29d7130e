import { useRef, useState } from 'preact/hooks';
import type { Seat } from '../../api/api';
import { type Hall, neighbour, type SeatPosition } from '../../booking/seats/layout';

/** Seats that an operator has marked in the drawing of a hall. */
export interface Marks {
  ids: ReadonlySet<string>;
  toggle(seats: readonly Seat[]): void;
  add(seats: readonly Seat[]): void;
  clear(): void;
}

export function useMarks(): Marks {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const add = (seats: readonly Seat[]) => setIds((before) => new Set([...before, ...seats.map(({ id }) => id)]));
  return {
    ids,
    add,
    toggle(seats) {
      if (!seats.every(({ id }) => ids.has(id))) return add(seats);
      const gone = new Set(seats.map(({ id }) => id));
      setIds((before) => new Set([...before].filter((id) => !gone.has(id))));
    },
    clear: () => setIds(new Set()),
  };
}

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The keys of the drawing: arrows move, with Shift they mark all seats between where that began and where it leads; the space bar
 * marks one seat, with Shift its row; Escape clears.
 */
export function useMarkKeys(hall: Hall<Seat>, marks: Marks) {
  const all = hall.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const anchor = useRef<SeatPosition<Seat> | null>(null);
  return (event: KeyboardEvent) => {
    const id = (event.target as Element).closest('[data-seat]')?.getAttribute('data-seat');
    const from = all.find(({ seat }) => seat.id === id);
    if (!from || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === 'Escape') marks.clear();
    else if (event.key === ' ' || event.key === 'Enter') {
      anchor.current = from;
      marks.toggle(event.shiftKey ? rowOf(all, from.seat) : [from.seat]);
    } else {
      const [dx, dy] = arrows[event.key] ?? [0, 0];
      const to = dx === 0 && dy === 0 ? null : neighbour(all, from, dx, dy);
      if (!to) return;
      anchor.current = event.shiftKey ? (anchor.current ?? from) : to;
      if (event.shiftKey) marks.add(within(all, anchor.current, to));
      const element = document.getElementById(`seat-${to.seat.id}`);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    event.preventDefault();
  };
}

function rowOf(all: readonly SeatPosition<Seat>[], { section, row }: Seat): Seat[] {
  return all.flatMap(({ seat }) => (seat.section === section && seat.row === row ? seat : []));
}

interface Point {
  x: number;
  y: number;
}

/** The seats of the box between two corners, in cells. */
export function within(all: readonly SeatPosition<Seat>[], a: Point, b: Point): Seat[] {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return all.flatMap(({ seat, x, y }) => (x >= left && x <= right && y >= top && y <= bottom ? seat : []));
}
