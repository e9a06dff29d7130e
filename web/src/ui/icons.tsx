import type { ComponentChildren } from 'preact';

function icon(shape: ComponentChildren) {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {shape}
    </svg>
  );
}

export const TicketIcon = icon(
  <path d="M4 8a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v2a2 2 0 0 0 0 4v2a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-2a2 2 0 0 0 0-4zM14 6v12" />,
);
export const PointsIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M10 16V8h3a2.5 2.5 0 0 1 0 5h-3" />
  </>,
);
export const ChevronIcon = icon(<path d="m9 6 6 6-6 6" />);
export const BackIcon = icon(<path d="m15 6-6 6 6 6" />);
export const PlusIcon = icon(<path d="M12 6v12M6 12h12" />);
export const MinusIcon = icon(<path d="M6 12h12" />);
export const WholeIcon = icon(<path d="M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4" />);
export const CloseIcon = icon(<path d="m7 7 10 10M17 7 7 17" />);
