import type { ComponentChildren } from 'preact';

interface FormProps {
  onSubmit: () => unknown;
  /** For those who don't see it: in words, or the id of an element with them. */
  label?: string;
  labelledBy?: string;
  children: ComponentChildren;
}

/** A card of fields that we check ourselves, in the page's words and language. */
export function Form({ onSubmit, label, labelledBy, children }: FormProps) {
  return (
    <form
      class="card stack"
      noValidate
      aria-label={label}
      aria-labelledby={labelledBy}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
