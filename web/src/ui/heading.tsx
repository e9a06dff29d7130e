import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { moves } from '../platform/router';

let shown = 0;

/** What comes before the title in the browser's tab, for users who are in another one. */
export const tabNote = signal('');

/** The one heading of a page, which gets the focus after a move within the entry, as a loaded page would. */
export function Heading({ children, title }: { children: ComponentChildren; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const move = moves.value;
  useEffect(() => {
    if (shown !== move) heading.current?.focus({ preventScroll: true });
    shown = move;
  }, [move]);
  const note = tabNote.value;
  useEffect(() => {
    document.title = `${note}${title} · Frontrow`;
  }, [note, title]);
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children}
    </h1>
  );
}
