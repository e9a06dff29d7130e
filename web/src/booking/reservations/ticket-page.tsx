import { useState } from 'preact/hooks';
import { api, type PerformanceDetails, type Reservation } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import type { Params } from '../../platform/router';
import { Button } from '../../ui/button';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { VenueTime } from '../../ui/venue-time';
import { Poster } from '../concerts/poster';
import { links } from '../links';
import { messages } from '../messages/messages';
import { knownBalance } from '../points/balance';
import { SeatLines } from '../seats/seat-lines';
import { BackLink } from '../shell/back-link';
import { ProblemNotice } from '../shell/problem-notice';
import { QrCode } from './qr-code';

/** A ticket, as it is shown at the door. */
export function TicketPage({ params: { reservationId = '' } }: { params: Params }) {
  const { tickets, shell, unit } = messages.value;
  const [thanks] = useState(() => location.search === '?thanks');
  const { data, problem, reload } = useResource(`ticket ${reservationId}`, (signal) =>
    api.reservations.get(reservationId, { signal }),
  );
  const performanceId = data?.performanceId ?? '';
  const date = useResource(performanceId && `date ${performanceId}`, (signal) =>
    api.call('GET /v1/performances/{performanceId}', { path: { performanceId }, signal }),
  );
  if (problem && !data) return <ProblemNotice wholePage problem={problem} onAgain={reload} />;
  if (!data) return <Loading label={shell.loading} />;
  const balance = knownBalance();
  return (
    <div class="narrow stack loose">
      <BackLink href={links.tickets}>{tickets.title}</BackLink>
      {thanks && (
        <Notice kind="good" alert title={tickets.thanks}>
          {balance !== null && <p>{tickets.thanksMore(unit.points(format.value.number(balance)))}</p>}
        </Notice>
      )}
      <Ticket reservation={data} date={date.data} />
      <div class="row no-print">
        <Button kind="plain" onClick={() => print()}>
          {tickets.print}
        </Button>
      </div>
    </div>
  );
}

interface TicketProps {
  reservation: Reservation;
  /** Null until it is read. */
  date: PerformanceDetails | null;
}

function Ticket({ reservation: { id, performanceId, seatIds, amount, reservedAt }, date }: TicketProps) {
  const { tickets, unit } = messages.value;
  const { number, shortDateTime } = format.value;
  const title = date?.concertTitle ?? '';
  return (
    <article class="card ticket">
      <Poster id={date?.concertId ?? ''} />
      <div class="ticket-words stack">
        <Heading title={`${tickets.ticket} ${title}`}>{title || tickets.ticket}</Heading>
        <dl class="facts">
          <div>
            <dt>{tickets.date}</dt>
            <dd>{date && <VenueTime at={date.startsAt} zone={date.timeZone} />}</dd>
          </div>
          <div>
            <dt>{tickets.seats}</dt>
            <dd>
              <SeatLines performanceId={performanceId} seatIds={seatIds} />
            </dd>
          </div>
          <div>
            <dt>{tickets.paid}</dt>
            <dd class="number">{unit.points(number(amount))}</dd>
          </div>
          <div>
            <dt>{tickets.on}</dt>
            <dd>{shortDateTime(reservedAt)}</dd>
          </div>
        </dl>
      </div>
      <div class="ticket-stub">
        <QrCode text={id} label={tickets.code(id)} />
        <p>{tickets.atDoor}</p>
        <p class="soft small">
          {tickets.reservation} <span class="code">{id}</span>
        </p>
      </div>
    </article>
  );
}
