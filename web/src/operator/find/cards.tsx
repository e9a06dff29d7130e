import type { ExplainedJob, FoundHold, FoundJob, FoundReservation } from '../../api/api';
import { format } from '../../i18n/format';
import { messages } from '../messages/messages';
import { Facts, Id, Ids } from './facts';

/** A reservation, and what became of its seats. */
export function ReservationCard({ reservation }: { reservation: FoundReservation }) {
  const { find } = messages.value;
  const { number, shortDateTime } = format.value;
  const { id, status, userId, seats, amount, reservedAt, performanceId } = reservation;
  const gone = seats.filter((seat) => seat.status === 'cancelled');
  return (
    <article class="card stack" aria-labelledby={id}>
      <div class="row apart">
        <h3>{find.reservation}</h3>
        <span class={`tag ${status === 'reserved' ? 'good' : 'warn'}`}>{find.states[status]}</span>
      </div>
      <p class="soft small code" id={id}>
        {id}
      </p>
      <Facts
        facts={[
          [find.user, <Id key="user" id={userId} />],
          [
            find.date,
            <span key="date" class="code">
              {performanceId}
            </span>,
          ],
          [find.seats, <Ids key="seats" ids={reservation.seatIds} />],
          ...(gone.length > 0
            ? [[find.cancelledSeats, <Ids key="gone" ids={gone.map((seat) => seat.id)} />] as const]
            : []),
          [find.paid, find.points(number(amount))],
          [find.at, shortDateTime(reservedAt)],
        ]}
      />
    </article>
  );
}

export function HoldCard({ hold }: { hold: FoundHold }) {
  const { find } = messages.value;
  const { number, shortDateTime } = format.value;
  return (
    <article class="card stack" aria-labelledby={hold.id}>
      <h3>{find.hold}</h3>
      <p class="soft small code" id={hold.id}>
        {hold.id}
      </p>
      <Facts
        facts={[
          [find.seats, <Ids key="seats" ids={hold.seatIds} />],
          [find.price, find.points(number(hold.amount))],
          [find.until, shortDateTime(hold.expiresAt)],
        ]}
      />
    </article>
  );
}

/** A command with its outcome; of a request with its entries and seats, too. */
export function JobCard({ job }: { job: FoundJob | ExplainedJob }) {
  const { find } = messages.value;
  const { number, shortDateTime } = format.value;
  const { id, kind, status, userId, requestId, code, reason, acceptedAt, finishedAt } = job;
  const { entries = [], seats = [] } = job as Partial<ExplainedJob>;
  const tone = { done: 'good', refused: 'warn', failed: 'bad', accepted: 'warn', skipped: '' }[status];
  return (
    <article class="card stack" aria-labelledby={id}>
      <div class="row apart">
        <h3>{find.kinds[kind as keyof typeof find.kinds] ?? kind}</h3>
        <span class={`tag ${tone}`}>{find.outcomes[status]}</span>
      </div>
      <p class="soft small code" id={id}>
        {id}
      </p>
      {(code ?? reason) && <p class="reason">{[code, reason].filter(Boolean).join(': ')}</p>}
      <Facts
        facts={[
          [find.user, <Id key="user" id={userId} />],
          ...(requestId ? [[find.request, <Id key="request" id={requestId} />] as const] : []),
          [find.accepted, shortDateTime(acceptedAt)],
          [find.finished, finishedAt ? shortDateTime(finishedAt) : '–'],
          ...(seats.length > 0 ? [[find.seats, <Ids key="seats" ids={seats.map((seat) => seat.id)} />] as const] : []),
          ...entries.map((entry) => {
            const sign = entry.kind === 'use' || entry.kind === 'reversal' ? '−' : '+';
            return [find.entry(entry.seq), find.points(`${sign}${number(entry.amount)}`)] as const;
          }),
        ]}
      />
    </article>
  );
}
