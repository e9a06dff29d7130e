import type { ComponentChildren } from 'preact';

interface TileProps {
  label: string;
  value: string;
  hint?: string;
  tone?: 'good' | 'warn' | 'bad';
  children?: ComponentChildren;
}

/** One number; inside a `<dl>`. */
export function Tile({ label, value, hint, tone, children }: TileProps) {
  return (
    <div class={`tile${tone ? ` ${tone}` : ''}`}>
      <dt>{label}</dt>
      <dd>
        <span class="tile-value number">{value}</span>
        {hint && <span class="tile-hint">{hint}</span>}
        {children}
      </dd>
    </div>
  );
}
