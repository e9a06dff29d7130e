interface AmountFieldProps {
  id: string;
  label: string;
  /** What an amount must be; said as an error while it is not. */
  hint: string;
  text: string;
  wrong: boolean;
  onText: (text: string) => void;
}

/** Points to be typed. */
export function AmountField({ id, label, hint, text, wrong, onText }: AmountFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        inputMode="numeric"
        autocomplete="off"
        value={text}
        aria-invalid={wrong || undefined}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onText(event.currentTarget.value.trim())}
      />
      <p class={wrong ? 'wrong' : 'hint'} id={`${id}-hint`} role={wrong ? 'alert' : undefined}>
        {hint}
      </p>
    </div>
  );
}
