import { useId, useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { TextField } from '../text-field';
import { useDecision } from '../use-decision';

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
  const decision = useDecision(dates.refunded);
  const edit = (set: (text: string) => void) => (text: string) => {
    decision.dismiss();
    set(text);
  };
  const isReady = reservationId.trim() !== '' && reason.trim() !== '' && (refund !== 'stated' || /^\d+$/.test(amount));
  const send = async () => {
    if (!isReady) return;
    const body = { reason: reason.trim(), refund: refund === 'stated' ? Number(amount) : refund };
    const request = { path: { reservationId: reservationId.trim() }, body };
    await decision.run(request, (idempotencyKey) =>
      api.call('POST /v1/admin/reservations/{reservationId}/cancellation', { ...request, idempotencyKey }),
    );
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
      {decision.problem && <ProblemNotice problem={decision.problem} />}
      {decision.said && (
        <Notice kind={decision.said.kind} alert={decision.said.kind === 'warn'} title={decision.said.text} />
      )}
      <div class="row">
        <Button type="submit" kind="danger" busy={decision.busy} disabled={!isReady}>
          {dates.refund}
        </Button>
      </div>
    </Form>
  );
}
