import { useId, useRef, useState } from 'preact/hooks';
import type { FrontrowError, SeatingPlan } from '../../api/api';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { TextField } from '../text-field';
import { useAction } from '../use-action';

interface ImportFormProps {
  /** Null: a new plan. */
  replaced: SeatingPlan | null;
  onDone: () => void;
  onCancel: () => void;
}

/** ms. As long as 50,000 seats may take to be sent and stored. */
const importMs = 60_000;

/** Imports a plan from a file of comma-separated values, or its next version. */
export function ImportForm({ replaced, onDone, onCancel }: ImportFormProps) {
  const { halls, shell } = messages.value;
  const id = useId();
  const [planId, setPlanId] = useState(replaced?.id ?? '');
  const [title, setTitle] = useState(replaced?.title ?? '');
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const act = useAction();
  const isReady = planId.trim() !== '' && title.trim() !== '' && file !== null;
  const send = async () => {
    if (!isReady) return;
    // What the file was when it was chosen is not what it is after it was mended: it is read now.
    const body = new Blob([await file.arrayBuffer().catch(() => '')], { type: 'text/csv' });
    const query = { id: planId.trim(), title: title.trim(), ...(replaced && { replaces: replaced.version }) };
    const options = { query, body, deadlineMs: importMs };
    const isDone = await act.run(() => api.call('POST /v1/admin/seating-plans', options));
    if (input.current) input.current.value = '';
    setFile(null);
    if (!isDone) return;
    announce(halls.imported(title));
    if (!replaced) for (const empty of [setPlanId, setTitle]) empty('');
    onDone();
  };
  return (
    <Form labelledBy={`${id}-title`} onSubmit={send}>
      <div>
        <h2 id={`${id}-title`}>{replaced ? halls.editTitle(replaced.title) : halls.importTitle}</h2>
        <p class="soft small">{replaced ? halls.editHint : halls.importHint}</p>
        <p class="soft small">
          {halls.columns} <span class="code">section, row, number, label, category, x, y, attributes, rank</span>
        </p>
      </div>
      {!replaced && <TextField id={`${id}-id`} label={halls.id} hint={halls.idHint} text={planId} onText={setPlanId} />}
      <TextField id={`${id}-name`} label={halls.name} text={title} onText={setTitle} />
      <div class="field">
        <label for={`${id}-file`}>{halls.file}</label>
        <input
          id={`${id}-file`}
          ref={input}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      {act.problem && <ImportProblem problem={act.problem} />}
      <div class="row">
        <Button type="submit" busy={act.busy} disabled={!isReady}>
          {replaced ? halls.editGo : halls.importGo}
        </Button>
        {replaced && (
          <Button kind="plain" onClick={onCancel}>
            {shell.cancel}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** What is wrong in the file, line by line. */
function ImportProblem({ problem }: { problem: FrontrowError }) {
  const { halls } = messages.value;
  const { number } = format.value;
  const { lines = [], mistakes = lines.length } = problem.problem ?? {};
  if (problem.code === 'ALREADY_EXISTS') return <Notice kind="bad" alert title={halls.exists} />;
  if (problem.code !== 'SEATING_PLAN_INVALID') return <ProblemNotice problem={problem} />;
  return (
    <>
      <Notice kind="bad" alert title={halls.wrong(mistakes)}>
        <p>{halls.wrongMore}</p>
      </Notice>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <div class="table-card mistakes" tabIndex={0} role="region" aria-label={halls.mistakes}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{halls.line}</th>
              <th scope="col" class="text">
                {halls.column}
              </th>
              <th scope="col" class="text">
                {halls.mistake}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((mistake, i) => (
              <tr key={i}>
                <td class="number text">{number(mistake.line)}</td>
                <td class="code text">{mistake.column}</td>
                <Words mistake={mistake} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mistakes > lines.length && <p class="soft small">{halls.moreMistakes(number(mistakes - lines.length))}</p>}
    </>
  );
}

type Mistake = NonNullable<NonNullable<FrontrowError['problem']>['lines']>[number];

/** What this page has no words for, as of a newer API, is said in English. */
function Words({ mistake: { code, values, message } }: { mistake: Mistake }) {
  const { wrongs } = messages.value.halls;
  const words = wrongs[code as keyof typeof wrongs] as string | undefined;
  if (!words)
    return (
      <td class="text" lang="en">
        {message}
      </td>
    );
  return <td class="text">{words.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))}</td>;
}
