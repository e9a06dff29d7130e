/** Rows of seats before a stage. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" class="brand-mark">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" stroke-width="3.2" stroke-linecap="round" stroke-dasharray="0 5.2">
        <path d="M6 12.5c6-3.3 14-3.3 20 0" />
        <path d="M8 18.5c5-2.6 11-2.6 16 0" stroke-opacity=".7" />
        <path d="M10.5 24c3.4-1.6 7.6-1.6 11 0" stroke-opacity=".45" />
      </g>
    </svg>
  );
}
