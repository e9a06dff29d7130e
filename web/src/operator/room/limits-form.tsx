import { useId, useState } from 'preact/hooks';
import type { RoomSettings } from '../../api/api';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { useAction } from '../use-action';
import { bounds, check, type Edits, type Field, fields, isOptional, textOf, type Wrong } from './limits';

interface LimitsFormProps {
  concertId: string;
  settings: RoomSettings;
  onChanged: () => void;
}

/** The limits. Untouched fields follow what other operators set; only what was touched is sent. */
export function LimitsForm(props: LimitsFormProps) {
  const { room } = messages.value;
  const id = useId();
  const { edits, wrong, act, edit, undo, save } = useLimits(props, (field) =>
    document.getElementById(`${id}-${field}`)?.focus(),
  );
  const isTouched = Object.keys(edits).length > 0;
  return (
    <Form labelledBy={`${id}-title`} onSubmit={save}>
      <div>
        <h3 id={`${id}-title`}>{room.limits}</h3>
        <p class="soft small">{room.limitsHint}</p>
      </div>
      <div class="limit-fields">
        {fields.map((field) => (
          <LimitField
            key={field}
            id={`${id}-${field}`}
            field={field}
            text={edits[field] ?? textOf(props.settings, field)}
            wrong={wrong[field]}
            onText={(text) => edit(field, text)}
          />
        ))}
      </div>
      {act.problem && <ProblemNotice problem={act.problem} />}
      <div class="row">
        <Button type="submit" busy={act.busy} disabled={!isTouched}>
          {room.save}
        </Button>
        {isTouched && (
          <Button kind="plain" onClick={undo}>
            {room.undo}
          </Button>
        )}
        {isTouched && <span class="soft small">{room.unsaved}</span>}
      </div>
    </Form>
  );
}

/** What was typed and not saved yet; mistakes show after the first attempt to save. */
function useLimits({ concertId, settings, onChanged }: LimitsFormProps, focus: (field: Field) => void) {
  const [edits, setEdits] = useState<Edits>({});
  const [tried, setTried] = useState(false);
  const act = useAction();
  const { changes, wrong } = check(settings, edits);
  const undo = () => {
    setEdits({});
    setTried(false);
  };
  const save = async () => {
    setTried(true);
    const [first] = fields.filter((field) => wrong[field]);
    if (first) return focus(first);
    const path = { concertId };
    const work = () => api.call('PATCH /v1/admin/concerts/{concertId}/waiting-room', { path, body: changes });
    if (Object.keys(changes).length > 0 && !(await act.run(work))) return;
    undo();
    onChanged();
    announce(messages.peek().room.saved);
  };
  const edit = (field: Field, text: string) => setEdits((before) => ({ ...before, [field]: text }));
  return { edits, wrong: tried ? wrong : {}, act, edit, undo, save };
}

interface LimitFieldProps {
  id: string;
  field: Field;
  text: string;
  wrong: Wrong | undefined;
  onText: (text: string) => void;
}

function LimitField({ id, field, text, wrong, onText }: LimitFieldProps) {
  const { room } = messages.value;
  const { number } = format.value;
  const [min, max] = bounds[field];
  return (
    <div class="field">
      <label for={id}>{room[field]}</label>
      <input
        id={id}
        name={field}
        inputMode="numeric"
        autocomplete="off"
        value={text}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={`${id}-wrong ${id}-hint`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p class="wrong" id={`${id}-wrong`} role="alert">
        {wrong === 'bounds' && room.between(number(min), number(max))}
        {wrong === 'tooShort' && room.tooShort}
      </p>
      {isOptional(field) && (
        <p class="hint" id={`${id}-hint`}>
          {room.noLimit}
        </p>
      )}
    </div>
  );
}
