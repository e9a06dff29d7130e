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
  const input = {
    ...{ id, autocomplete: 'off', maxLength: 500, inputMode: numeric ? ('numeric' as const) : ('text' as const) },
    ...{ value: text, 'aria-describedby': hint && `${id}-hint` },
    onInput: (event: { currentTarget: HTMLInputElement }) => onText(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'text' ? <input type="text" {...input} /> : <input type="datetime-local" {...input} />}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
