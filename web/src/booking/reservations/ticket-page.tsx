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
import { priceText } from '../messages/price';
import { knownBalance } from '../points/balance';
import { SeatLines } from '../seats/seat-lines';
import { BackLink } from '../shell/back-link';
import { ProblemNotice } from '../shell/problem-notice';
import { CancelSeats } from './cancel-seats';
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
  const isOn = data.seatIds.length > 0 && !date.data?.cancelledAt;
  return (
    <div class="narrow stack loose">
      <BackLink href={links.tickets}>{tickets.title}</BackLink>
      {thanks && isOn && (
        <Notice kind="good" alert title={tickets.thanks}>
          {balance !== null && <p>{tickets.thanksMore(unit.points(format.value.number(balance)))}</p>}
        </Notice>
      )}
      {date.data && <DateNews date={date.data} reservation={data} />}
      <Ticket reservation={data} date={date.data} />
      <CancelSeats reservation={data} zone={date.data?.timeZone} onCancelled={reload} />
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

/** What became of the date since the seats were bought. */
function DateNews({ date, reservation }: { date: PerformanceDetails; reservation: Reservation }) {
  const { tickets } = messages.value;
  if (date.cancelledAt)
    return (
      <Notice kind="bad" alert title={tickets.calledOff}>
        <p>{tickets.calledOffMore}</p>
      </Notice>
    );
  if (!date.movedFrom || !date.movedAt || date.movedAt < reservation.reservedAt) return null;
  return (
    <Notice kind="warn" alert title={tickets.moved(format.value.dateTime(date.movedFrom, date.timeZone))}>
      <p>{tickets.movedMore}</p>
    </Notice>
  );
}

function Ticket({ reservation, date }: TicketProps) {
  const { id, performanceId, seatIds, seats, amount, complimentary, reservedAt } = reservation;
  const cancelled = seats.filter(({ status }) => status === 'cancelled');
  const isValid = seatIds.length > 0 && !date?.cancelledAt;
  const { tickets, unit } = messages.value;
  const { number, shortDateTime } = format.value;
  const title = date?.concertTitle ?? '';
  return (
    <article class={`card ticket${isValid ? '' : ' is-over'}`}>
      <Poster id={date?.concertId ?? ''} />
      <div class="ticket-words stack">
        <Heading title={`${tickets.ticket} ${title}`}>{title || tickets.ticket}</Heading>
        <dl class="facts">
          <div>
            <dt>{tickets.date}</dt>
            <dd>{date && <VenueTime at={date.startsAt} zone={date.timeZone} />}</dd>
          </div>
          {seatIds.length > 0 && (
            <div>
              <dt>{tickets.seats}</dt>
              <dd>
                <SeatLines performanceId={performanceId} seatIds={seatIds} />
              </dd>
            </div>
          )}
          {cancelled.length > 0 && (
            <div class="cancelled-seats">
              <dt>{tickets.cancelledSeats}</dt>
              <dd>
                <div class="struck">
                  <SeatLines performanceId={performanceId} seatIds={cancelled.map((seat) => seat.id)} />
                </div>
                <span class="soft small">{tickets.cameBack(unit.points(number(refundOf(cancelled))))}</span>
              </dd>
            </div>
          )}
          <div>
            <dt>{tickets.paid}</dt>
            <dd class="number">{complimentary ? tickets.given : priceText(amount)}</dd>
          </div>
          <div>
            <dt>{tickets.on}</dt>
            <dd>{shortDateTime(reservedAt)}</dd>
          </div>
        </dl>
      </div>
      <div class="ticket-stub">
        {isValid ? (
          <>
            <QrCode text={id} label={tickets.code(id)} />
            <p>{tickets.atDoor}</p>
          </>
        ) : (
          <p class="tag bad not-valid">{tickets.notValid}</p>
        )}
        <p class="soft small">
          {tickets.reservation} <span class="code">{id}</span>
        </p>
      </div>
    </article>
  );
}

const refundOf = (seats: Reservation['seats']) => seats.reduce((sum, { refunded }) => sum + (refunded ?? 0), 0);
