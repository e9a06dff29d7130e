import { useId, useRef, useState } from 'preact/hooks';
import { type AdminJob, newIdempotencyKey } from '../../api/api';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { api } from '../api';
import { outcomeOf } from '../job-outcome';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { TextField } from '../text-field';
import { useAction } from '../use-action';

const refunds = ['full', 'none', 'stated'] as const;
type Refund = (typeof refunds)[number];

/** Cancels a reservation for anybody: why, and how much of what was paid comes back. */
export function RefundForm() {
  const { dates } = messages.value;
  const id = useId();
  const [reservationId, setReservationId] = useState('');
  const [reason, setReason] = useState('');
  const [refund, setRefund] = useState<Refund>('full');
  const [amount, setAmount] = useState('');
  const [job, setJob] = useState<AdminJob | null>(null);
  const act = useAction();
  // One key for what is typed: an answer that was lost is asked for again, and nothing is cancelled twice.
  const key = useRef(newIdempotencyKey());
  const edit = (set: (text: string) => void) => (text: string) => {
    key.current = newIdempotencyKey();
    setJob(null);
    set(text);
  };
  const isReady = reservationId.trim() !== '' && reason.trim() !== '' && (refund !== 'stated' || /^\d+$/.test(amount));
  const send = async () => {
    if (!isReady) return;
    const asked = { path: { reservationId: reservationId.trim() }, idempotencyKey: key.current };
    const body = { reason: reason.trim(), refund: refund === 'stated' ? Number(amount) : refund };
    await act.run(async () => {
      const accepted = await api.call('POST /v1/admin/reservations/{reservationId}/cancellation', { ...asked, body });
      const outcome = await outcomeOf(accepted.id);
      setJob(outcome);
      announce(outcome.status === 'done' ? dates.refunded : (outcome.reason ?? outcome.status));
    });
  };
  return (
    <Form labelledBy={`${id}-title`} onSubmit={send}>
      <div>
        <h2 id={`${id}-title`}>{dates.refundTitle}</h2>
        <p class="soft small">{dates.refundHint}</p>
      </div>
      <TextField
        id={`${id}-reservation`}
        label={dates.reservation}
        text={reservationId}
        onText={edit(setReservationId)}
      />
      <TextField id={`${id}-reason`} label={dates.reason} text={reason} onText={edit(setReason)} />
      <div class="field">
        <label for={`${id}-refund`}>{dates.comesBack}</label>
        <select
          id={`${id}-refund`}
          value={refund}
          onChange={(event) => edit((text) => setRefund(text as Refund))(event.currentTarget.value)}
        >
          {refunds.map((one) => (
            <option key={one} value={one}>
              {dates.refunds[one]}
            </option>
          ))}
        </select>
      </div>
      {refund === 'stated' && (
        <TextField id={`${id}-amount`} label={dates.amount} text={amount} onText={edit(setAmount)} numeric />
      )}
      {act.problem && <ProblemNotice problem={act.problem} />}
      {job?.status === 'done' && <Notice kind="good" title={dates.refunded} />}
      {job && job.status !== 'done' && <Notice kind="warn" alert title={job.reason ?? dates.stillWaiting} />}
      <div class="row">
        <Button type="submit" kind="danger" busy={act.busy} disabled={!isReady}>
          {dates.refund}
        </Button>
      </div>
    </Form>
  );
}
