import { useId, useState } from 'preact/hooks';
import type { PerformanceSales } from '../../api/api';
import { format } from '../../i18n/format';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { useAction } from '../use-action';

interface CallOffDialogProps {
  date: PerformanceSales;
  /** Of the venue. */
  zone: string;
  onDone: () => void;
  onClose: () => void;
}

/** Calls a date off, for a reason. */
export function CallOffDialog({ date, zone, onDone, onClose }: CallOffDialogProps) {
  const { dates, shell } = messages.value;
  const { number, shortDateTime } = format.value;
  const id = useId();
  const [reason, setReason] = useState('');
  const act = useAction();
  const callOff = async () => {
    const asked = { path: { performanceId: date.id }, body: { reason: reason.trim() } };
    const work = () => api.call('POST /v1/admin/performances/{performanceId}/cancellation', asked);
    if (await act.run(work)) onDone();
  };
  const actions = (
    <>
      <Button kind="plain" onClick={onClose}>
        {shell.cancel}
      </Button>
      <Button kind="danger" busy={act.busy} disabled={reason.trim() === ''} onClick={() => void callOff()}>
        {dates.callOff}
      </Button>
    </>
  );
  return (
    <Dialog title={dates.callOffTitle(shortDateTime(date.startsAt, zone))} onClose={onClose} actions={actions}>
      <div class="stack">
        <p>{dates.callOffMore(number(date.sold), number(date.held))}</p>
        <div class="field">
          <label for={id}>{dates.reason}</label>
          <input id={id} maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </div>
        {act.problem && <ProblemNotice problem={act.problem} />}
      </div>
    </Dialog>
  );
}
