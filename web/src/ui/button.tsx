import type { ComponentChildren } from 'preact';

interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  type?: 'button' | 'submit';
  /** Shows that it is working and takes no click, but keeps the focus, which `disabled` would lose. */
  busy?: boolean;
  disabled?: boolean;
  wide?: boolean;
  describedBy?: string;
}

export function Button({ children, onClick, kind = 'main', type = 'button', ...state }: ButtonProps) {
  const { busy = false, disabled = false, wide = false, describedBy } = state;
  const idle = busy || disabled;
  return (
    <button
      type={type}
      class={`button ${kind}${wide ? ' wide' : ''}`}
      aria-disabled={idle || undefined}
      aria-busy={busy || undefined}
      aria-describedby={describedBy}
      onClick={(event) => {
        if (idle) return event.preventDefault();
        onClick?.();
      }}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}
