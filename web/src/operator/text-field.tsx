interface TextFieldProps {
  id: string;
  label: string;
  text: string;
  hint?: string;
  type?: 'text' | 'datetime-local';
  numeric?: boolean;
  onText: (text: string) => void;
}

export function TextField({ id, label, text, hint, type = 'text', numeric = false, onText }: TextFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type}
        autocomplete="off"
        maxLength={500}
        inputMode={numeric ? 'numeric' : 'text'}
        value={text}
        aria-describedby={hint && `${id}-hint`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
