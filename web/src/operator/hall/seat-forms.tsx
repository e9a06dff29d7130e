import { useId, useRef, useState } from 'preact/hooks';
import { newIdempotencyKey, type Seat } from '../../api/api';
import { format } from '../../i18n/format';
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
  // One key for each request of what is asked for: an answer that was lost is asked for again, and nothing is blocked twice.
  const keys = useRef<{ asked: string; keys: string[] }>({ asked: '', keys: [] });
  const isReady = marks.ids.size > 0 && reason.trim() !== '';
  const block = async () => {
    if (!isReady) return;
    const about = { reason: reason.trim(), ...(channel.trim() && { channel: channel.trim() }) };
    const bodies = selectionsOf(seats, marks.ids).map((selection) => ({ ...selection, ...about }));
    const asked = JSON.stringify(bodies);
    if (keys.current.asked !== asked) keys.current = { asked, keys: bodies.map(() => newIdempotencyKey()) };
    const done = await act.run(async () => {
      for (const [i, body] of bodies.entries()) {
        const idempotencyKey = keys.current.keys[i] ?? newIdempotencyKey();
        const path = { performanceId };
        await api.call('POST /v1/admin/performances/{performanceId}/blocks', { path, body, idempotencyKey });
      }
    });
    if (!done) return;
    keys.current = { asked: '', keys: [] };
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
  const [said, setSaid] = useState<{ kind: 'good' | 'warn'; text: string } | null>(null);
  const act = useAction();
  const key = useRef<{ asked: string; key: string }>({ asked: '', key: '' });
  const seatIds = seats.filter((seat) => marks.ids.has(seat.id)).map((seat) => seat.id);
  const isReady = seatIds.length > 0 && userId.trim() !== '' && reason.trim() !== '';
  const give = async () => {
    if (!isReady) return;
    const body = { userId: userId.trim(), seatIds, reason: reason.trim() };
    const asked = JSON.stringify(body);
    if (key.current.asked !== asked) key.current = { asked, key: newIdempotencyKey() };
    setSaid(null);
    await act.run(async () => {
      const accepted = await api.call('POST /v1/admin/performances/{performanceId}/complimentary', {
        ...{ path: { performanceId }, body, idempotencyKey: key.current.key },
      });
      const job = await outcomeOf(accepted.id);
      const isDone = job.status === 'done';
      const text = isDone ? hall.given : (job.reason ?? hall.waiting);
      setSaid({ kind: isDone ? 'good' : 'warn', text });
      announce(text);
      if (isDone) marks.clear();
      onDone();
    });
  };
  return (
    <Form labelledBy={`${id}-title`} onSubmit={give}>
      <div>
        <h2 id={`${id}-title`}>{hall.give}</h2>
        <p class="soft small">{hall.giveHint}</p>
      </div>
      <TextField id={`${id}-user`} label={hall.user} text={userId} onText={setUserId} />
      <TextField id={`${id}-why`} label={hall.giveReason} text={reason} onText={setReason} />
      {act.problem && <ProblemNotice problem={act.problem} />}
      {said && <Notice kind={said.kind} alert={said.kind === 'warn'} title={said.text} />}
      <div class="row">
        <Button type="submit" busy={act.busy} disabled={!isReady}>
          {hall.giveSeats(seatIds.length, format.value.number(seatIds.length))}
        </Button>
      </div>
    </Form>
  );
}
