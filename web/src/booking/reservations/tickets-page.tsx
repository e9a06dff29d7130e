import { api, type Reservation } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { useResource } from '../../api/use-resource';
import { who } from '../../platform/session';
import { Heading } from '../../ui/heading';
import { ChevronIcon } from '../../ui/icons';
import { Loading } from '../../ui/loading';
import { MoreButton } from '../../ui/more-button';
import { Notice } from '../../ui/notice';
import { VenueTime } from '../../ui/venue-time';
import { Poster } from '../concerts/poster';
import { links } from '../links';
import { messages } from '../messages/messages';
import { SeatLines } from '../seats/seat-lines';
import { ProblemNotice } from '../shell/problem-notice';

export function TicketsPage() {
  const { tickets, shell } = messages.value;
  const userId = who.value?.userId ?? null;
  const { data, problem, more, reload } = usePages(userId && `tickets ${userId}`, (cursor, signal) =>
    api.call('GET /v1/reservations', { query: { limit: 10, cursor }, signal }),
  );
  const toConcerts = (
    <a class="button main" href={links.concerts}>
      {shell.concerts}
    </a>
  );
  return (
    <div class="stack loose narrow">
      <Heading title={tickets.title}>{tickets.title}</Heading>
      {!data && !problem && <Loading label={shell.loading} />}
      {problem && !data && <ProblemNotice problem={problem} onAgain={reload} />}
      {data?.length === 0 && (
        <Notice title={tickets.none} actions={toConcerts}>
          <p>{tickets.noneMore}</p>
        </Notice>
      )}
      <ul class="stack">
        {data?.map((reservation) => (
          <li key={reservation.id}>
            <TicketCard reservation={reservation} />
          </li>
        ))}
      </ul>
      {more && <MoreButton label={shell.more} onClick={more} />}
    </div>
  );
}

function TicketCard({ reservation: { id, performanceId, seatIds, seats } }: { reservation: Reservation }) {
  const { tickets, concert } = messages.value;
  const isValid = seatIds.length > 0;
  const { data: date } = useResource(`date ${performanceId}`, (signal) =>
    api.call('GET /v1/performances/{performanceId}', { path: { performanceId }, signal }),
  );
  return (
    <a class="card ticket-card" href={links.ticket(id)}>
      <Poster id={date?.concertId ?? ''} />
      <span class="ticket-card-words">
        <strong>{date?.concertTitle ?? '…'}</strong>
        <span class="soft">{date && <VenueTime short at={date.startsAt} zone={date.timeZone} />}</span>
        <SeatLines performanceId={performanceId} seatIds={isValid ? seatIds : seats.map((seat) => seat.id)} />
        {date?.cancelledAt ? (
          <span class="tag bad">{concert.calledOff}</span>
        ) : (
          !isValid && <span class="tag">{tickets.notValid}</span>
        )}
      </span>
      <ChevronIcon />
    </a>
  );
}
