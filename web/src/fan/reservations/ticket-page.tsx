import { useState } from 'preact/hooks';
import { api } from '../../api/api';
import { useLoaded } from '../../api/loaded';
import { format } from '../../i18n/format';
import type { Params } from '../../platform/router';
import { Button } from '../../ui/button';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { Poster } from '../concerts/poster';
import { links } from '../links';
import { messages } from '../messages/messages';
import { balanceNow } from '../points/balance';
import { SeatLines } from '../seats/seat-lines';
import { BackLink } from '../shell/back-link';
import { ProblemNotice } from '../shell/problem-notice';
import { QrCode } from './qr-code';

/** A ticket, as it is shown at the door. */
export function TicketPage({ params: { reservationId = '' } }: { params: Params }) {
  const { tickets, shell, unit } = messages.value;
  const [thanks] = useState(() => location.search === '?thanks');
  const { data, problem, reload } = useLoaded(`ticket ${reservationId}`, (signal) =>
    api.reservations.get(reservationId, { signal }),
  );
  const performanceId = data?.performanceId ?? '';
  const date = useLoaded(performanceId && `date ${performanceId}`, (signal) =>
    api.call('GET /v1/performances/{performanceId}', { path: { performanceId }, signal }),
  );
  if (problem && !data) return <ProblemNotice wholePage problem={problem} onAgain={reload} />;
  if (!data) return <Loading label={shell.loading} />;
  const { number, dateTime, shortDateTime } = format.value;
  const balance = balanceNow();
  const title = date.data?.concertTitle ?? '';
  return (
    <div class="narrow stack loose">
      <BackLink href={links.tickets}>{tickets.title}</BackLink>
      {thanks && (
        <Notice kind="good" alert title={tickets.thanks}>
          {balance !== null && <p>{tickets.thanksMore(unit.points(number(balance)))}</p>}
        </Notice>
      )}
      <article class="card ticket">
        <Poster id={date.data?.concertId ?? ''} />
        <div class="ticket-words stack">
          <Heading title={`${tickets.ticket} ${title}`}>{title || tickets.ticket}</Heading>
          <dl class="facts">
            <div>
              <dt>{tickets.date}</dt>
              <dd>{date.data && dateTime(date.data.startsAt)}</dd>
            </div>
            <div>
              <dt>{tickets.seats}</dt>
              <dd>
                <SeatLines performanceId={performanceId} seatIds={data.seatIds} />
              </dd>
            </div>
            <div>
              <dt>{tickets.paid}</dt>
              <dd class="number">{unit.points(number(data.amount))}</dd>
            </div>
            <div>
              <dt>{tickets.on}</dt>
              <dd>{shortDateTime(data.reservedAt)}</dd>
            </div>
          </dl>
        </div>
        <div class="ticket-stub">
          <QrCode text={data.id} label={tickets.code(data.id)} />
          <p>{tickets.atDoor}</p>
          <p class="soft small">
            {tickets.reservation} <span class="code">{data.id}</span>
          </p>
        </div>
      </article>
      <div class="row no-print">
        <Button kind="plain" onClick={() => print()}>
          {tickets.print}
        </Button>
      </div>
    </div>
  );
}
