import { useId, useState } from 'preact/hooks';
import type { Seat } from '../../api/api';
import { useKeys } from '../../api/use-keys';
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
import { useDecision } from '../use-decision';
import { selectionsOf } from './block-requests';
import type { Marks } from './use-marks';

interface SeatFormProps {
  performanceId: string;
  seats: readonly Seat[];
  marks: Marks;
  onDone: () => void;
}

/** Keeps the marked seats from being sold. */
export function BlockForm({ performanceId, seats, marks, onDone }: SeatFormProps) {
  const { hall } = messages.value;
  const id = useId();
  const [reason, setReason] = useState('');
  const [channel, setChannel] = useState('');
  const act = useAction();
  const keys = useKeys();
  const isReady = marks.ids.size > 0 && reason.trim() !== '';
  const block = async () => {
    if (!isReady) return;
    const about = { reason: reason.trim(), ...(channel.trim() && { channel: channel.trim() }) };
    const bodies = selectionsOf(seats, marks.ids).map((selection) => ({ ...selection, ...about }));
    const done = await act.run(async () => {
      for (const body of bodies) {
        const request = { path: { performanceId }, body, idempotencyKey: keys.of(body) };
        await api.call('POST /v1/admin/performances/{performanceId}/blocks', request);
      }
    });
    if (!done) return;
    keys.renew();
    announce(hall.blocking(marks.ids.size));
    marks.clear();
    onDone();
  };
  return (
    <Form labelledBy={`${id}-title`} onSubmit={block}>
      <h2 id={`${id}-title`}>{hall.block}</h2>
      <TextField id={`${id}-reason`} label={hall.reason} text={reason} onText={setReason} />
      <TextField id={`${id}-channel`} label={hall.channel} hint={hall.channelHint} text={channel} onText={setChannel} />
      {act.problem && <ProblemNotice problem={act.problem} />}
      <div class="row">
        <Button type="submit" busy={act.busy} disabled={!isReady}>
          {hall.blockSeats(marks.ids.size, format.value.number(marks.ids.size))}
        </Button>
      </div>
    </Form>
  );
}

/** Gives the marked seats to a user. */
export function GiveForm({ performanceId, seats, marks, onDone }: SeatFormProps) {
  const { hall } = messages.value;
  const id = useId();
  const [userId, setUserId] = useState('');
  const [reason, setReason] = useState('');
  const decision = useDecision(hall.given);
  const seatIds = seats.filter((seat) => marks.ids.has(seat.id)).map((seat) => seat.id);
  const isReady = seatIds.length > 0 && userId.trim() !== '' && reason.trim() !== '';
  const give = async () => {
    if (!isReady) return;
    const body = { userId: userId.trim(), seatIds, reason: reason.trim() };
    const path = { performanceId };
    const isDone = await decision.run(body, (idempotencyKey) =>
      api.call('POST /v1/admin/performances/{performanceId}/complimentary', { path, body, idempotencyKey }),
    );
    if (isDone) marks.clear();
    onDone();
  };
  return (
    <Form labelledBy={`${id}-title`} onSubmit={give}>
      <div>
        <h2 id={`${id}-title`}>{hall.give}</h2>
        <p class="soft small">{hall.giveHint}</p>
      </div>
      <TextField id={`${id}-user`} label={hall.user} text={userId} onText={setUserId} />
      <TextField id={`${id}-why`} label={hall.giveReason} text={reason} onText={setReason} />
      {decision.problem && <ProblemNotice problem={decision.problem} />}
      {decision.said && (
        <Notice kind={decision.said.kind} alert={decision.said.kind === 'warn'} title={decision.said.text} />
      )}
      <div class="row">
        <Button type="submit" busy={decision.busy} disabled={!isReady}>
          {hall.giveSeats(seatIds.length, format.value.number(seatIds.length))}
        </Button>
      </div>
    </Form>
  );
}
