import { useState } from 'preact/hooks';
import type { SeatHistory, SeatStep } from '../../api/api';
import { format } from '../../i18n/format';
import { MoreButton } from '../../ui/more-button';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { useAction } from '../use-action';
import { Facts, Id } from './facts';

/** A seat now, and every command that changed it, newest first. */
export function SeatView({ seatId, first }: { seatId: string; first: SeatHistory }) {
  const { find, shell, seats } = messages.value;
  const [shown, setShown] = useState(first);
  const act = useAction();
  const { seat, items, nextCursor } = shown;
  const more = () =>
    act.run(async () => {
      const query = { cursor: nextCursor ?? undefined };
      const next = await api.call('GET /v1/admin/seats/{seatId}/history', { path: { seatId }, query });
      setShown({ ...next, items: [...items, ...next.items] });
    });
  return (
    <section class="stack" aria-labelledby="seat">
      <div class="row apart">
        <h2 id="seat">
          {find.seat} <span class="code soft">{seat.id}</span>
        </h2>
        <span class="tag">{seats[seat.status as 'sold']}</span>
      </div>
      {items.length === 0 && <p class="card soft">{find.untouched}</p>}
      {items.length > 0 && (
        <ol class="card log">
          {items.map((step) => (
            <Step key={`${step.holdId ?? step.jobId} ${step.kind}`} step={step} />
          ))}
        </ol>
      )}
      {act.problem && <ProblemNotice problem={act.problem} />}
      {nextCursor && <MoreButton label={shell.more} onClick={() => void more()} />}
    </section>
  );
}

function Step({ step }: { step: SeatStep }) {
  const { find } = messages.value;
  const { at, kind, jobId, requestId, userId, reservationId, blockId } = step;
  return (
    <li class="log-entry">
      <div class="row apart">
        <strong>{find.kinds[kind as keyof typeof find.kinds] ?? kind}</strong>
        <time class="soft small number" dateTime={at}>
          {format.value.shortDateTime(at)}
        </time>
      </div>
      <Facts
        facts={[
          [find.user, <Id key="user" id={userId} />],
          [find.outcome, outcomeOf(step)],
          ...(requestId ? [[find.request, <Id key="request" id={requestId} />] as const] : []),
          ...(reservationId ? [[find.reservation, <Id key="reservation" id={reservationId} />] as const] : []),
          ...(blockId ? [[find.block, <Code key="block" id={blockId} />] as const] : []),
          ...(jobId ? [[find.command, <Code key="job" id={jobId} />] as const] : []),
        ]}
      />
    </li>
  );
}

/** What leads nowhere. */
function Code({ id }: { id: string }) {
  return <span class="code">{id}</span>;
}

/** Of this seat: a block that is done may have left it alone. */
function outcomeOf({ status, changed, left }: SeatStep): string {
  const { find, seats } = messages.value;
  if (left) return find.leftAs(seats[left]);
  if (status === 'done' && !changed) return find.leftAlone;
  return status ? find.outcomes[status] : find.forgotten;
}
