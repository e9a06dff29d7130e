import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Zoom {
  /** CSS pixels to a cell. */
  cellPx: number;
  /** Too small to hit a seat with a finger: a tap comes closer. */
  isTooSmall: boolean;
  canGrow: boolean;
  canShrink: boolean;
  grow(): void;
  shrink(): void;
  whole(): void;
  /** To thumb size, with the point that was tapped in the middle. */
  comeCloser(clientX: number, clientY: number): void;
}

/** CSS pixels: what a thumb needs, what a mouse needs, and no more than that. */
const thumb = 44;
const mouse = 19;
const largest = 64;
const usual = 48;
const roomy = 30;
/** Part of the window's height. */
const deepest = 0.5;
const step = 1.35;

/** How large the hall is drawn in its frame: to the frame's width where seats can be hit then, else to be scrolled. */
export function useZoom(frame: RefObject<HTMLDivElement | null>, hall: { width: number; height: number }): Zoom {
  const cells = hall.width;
  const [width, setWidth] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  const aim = useRef<{ x: number; y: number } | null>(null);
  const coarse = useRef(matchMedia('(pointer: coarse)').matches).current;

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);

  // With a mouse the hall is seen from the stage to the last row, where that leaves seats large enough.
  const deep = coarse ? usual : Math.max(roomy, (innerHeight * deepest) / hall.height);
  const fit = Math.min(usual, deep, width / cells);
  const needed = coarse ? thumb : mouse;
  // A hall more than twice as wide as the screen is shown whole at first: one must see where one goes.
  const start = fit >= needed || cells * needed > 2.2 * width ? fit : needed;
  const cellPx = Math.max(fit, chosen ?? start);

  // Around the point that was tapped; else the middle of the hall stays in the middle.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const { x, y } = aim.current ?? { x: 0.5, y: -1 };
    aim.current = null;
    element.scrollLeft = x * element.scrollWidth - element.clientWidth / 2;
    if (y >= 0) element.scrollTop = y * element.scrollHeight - element.clientHeight / 2;
  }, [cellPx, frame]);

  return {
    cellPx,
    isTooSmall: coarse && cellPx < thumb - 8,
    canGrow: cellPx < largest,
    canShrink: cellPx > fit,
    grow: () => setChosen(Math.min(largest, cellPx * step)),
    shrink: () => setChosen(Math.max(fit, cellPx / step)),
    whole: () => setChosen(fit),
    comeCloser(clientX, clientY) {
      const box = frame.current?.firstElementChild?.getBoundingClientRect();
      if (box) aim.current = { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
      setChosen(thumb);
    },
  };
}
