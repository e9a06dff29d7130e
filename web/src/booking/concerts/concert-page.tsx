import { api, hasCode, type Performance } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import type { Params } from '../../platform/router';
import { serverNow } from '../../platform/server-clock';
import { signedIn } from '../../platform/session';
import { Heading } from '../../ui/heading';
import { ChevronIcon } from '../../ui/icons';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { OwnTime } from '../../ui/venue-time';
import { links } from '../links';
import { messages } from '../messages/messages';
import { BackLink } from '../shell/back-link';
import { ProblemNotice } from '../shell/problem-notice';
import { forgetToken, queueEndOf, tokenOf } from '../waiting-room/queue-tokens';
import { Poster } from './poster';

/** How often free seats are counted anew, ms. */
const countMs = 5000;

export function ConcertPage({ params: { concertId = '' } }: { params: Params }) {
  const { concert: texts, shell } = messages.value;
  const concert = useResource(`concert ${concertId}`, (signal) =>
    api.call('GET /v1/concerts/{concertId}', { path: { concertId }, signal }),
  );
  const loadDates = (signal: AbortSignal) => api.concerts.performances(concertId, { signal });
  const dates = useResource(`dates ${concertId}`, loadDates, { everyMs: countMs });
  if (concert.problem && !concert.data)
    return <ProblemNotice wholePage problem={concert.problem} onAgain={concert.reload} />;
  const opensAt = concert.data?.opensAt ?? null;
  const title = concert.data?.title ?? '';
  const zone = concert.data?.timeZone;
  return (
    <div class="stack loose">
      <BackLink href={links.concerts}>{shell.concerts}</BackLink>
      <div class="concert-head">
        <Poster id={concertId} />
        <Heading title={title || texts.dates}>{title || '\u00a0'}</Heading>
      </div>
      {zone && opensAt && Date.parse(opensAt) > serverNow() && (
        <Notice title={texts.drawTitle(format.value.dateTime(opensAt, zone))}>
          <OwnTime at={opensAt} zone={zone} />
          <p>{texts.draw}</p>
        </Notice>
      )}
      <section class="stack" aria-labelledby="dates">
        <h2 id="dates">{texts.dates}</h2>
        {!(zone && dates.data) && !dates.problem && <Loading label={shell.loading} />}
        {dates.problem && !dates.data && <NoDates loaded={dates} />}
        {dates.data?.length === 0 && <Notice title={texts.past} />}
        <ul class="stack">
          {zone &&
            dates.data?.map((date) => (
              <li key={date.id}>
                {date.cancelledAt ? <CalledOffCard date={date} zone={zone} /> : <DateCard date={date} zone={zone} />}
              </li>
            ))}
        </ul>
      </section>
    </div>
  );
}

function NoDates({ loaded: { problem, reload } }: { loaded: ReturnType<typeof useResource<Performance[]>> }) {
  const { concert, shell } = messages.value;
  if (!problem) return null;
  if (!hasCode(problem, 'PERFORMANCES_NOT_SCHEDULED')) return <ProblemNotice problem={problem} onAgain={reload} />;
  const back = (
    <a class="button plain" href={links.concerts}>
      {shell.concerts}
    </a>
  );
  return <Notice title={concert.notScheduled} actions={back} />;
}

/** A date that was called off leads nowhere. */
function CalledOffCard({ date: { startsAt }, zone }: { date: Performance; zone: string }) {
  const { concert } = messages.value;
  const { dateParts, time, zoneName } = format.value;
  const { day, month, year, weekday } = dateParts(startsAt, zone, serverNow());
  return (
    <div class="card date-card called-off">
      <span class="date-card-day">
        <span>{month}</span>
        <strong>{day}</strong>
        {year && <span>{year}</span>}
      </span>
      <span class="date-card-words">
        <strong>
          <s>
            {weekday} · {time(startsAt, zone)}
          </s>{' '}
          <span class="zone soft small">{zoneName(startsAt, zone)}</span>
        </strong>
        <span class="soft">{concert.calledOffHint}</span>
      </span>
      <span class="date-card-go">
        <span class="tag bad">{concert.calledOff}</span>
      </span>
    </div>
  );
}

function DateCard({ date, zone }: { date: Performance; zone: string }) {
  const { id, concertId, startsAt, movedFrom, seatsTotal, seatsAvailable } = date;
  const { concert } = messages.value;
  const { number, dateParts, time, zoneName } = format.value;
  const { day, month, year, weekday } = dateParts(startsAt, zone, serverNow());
  const free = seatsAvailable > 0;
  const few = free && seatsAvailable <= seatsTotal * 0.1;
  const waitingRoom = links.waitingRoom(concertId, id);
  return (
    <a
      class="card date-card"
      href={signedIn.value ? waitingRoom : links.signIn(waitingRoom)}
      onClick={() => queueEndOf(concertId) && forgetToken(concertId)}
    >
      <span class="date-card-day">
        <span>{month}</span>
        <strong>{day}</strong>
        {year && <span>{year}</span>}
      </span>
      <span class="date-card-words">
        <strong>
          {weekday} · {time(startsAt, zone)} <span class="zone soft small">{zoneName(startsAt, zone)}</span>
        </strong>
        <OwnTime at={startsAt} zone={zone} />
        {movedFrom && <span class="soft small">{concert.movedFrom(format.value.shortDateTime(movedFrom, zone))}</span>}
        <span class="soft number">{concert.free(number(seatsAvailable), number(seatsTotal))}</span>
        <span class="meter" aria-hidden="true">
          <span style={{ width: `${(seatsAvailable / Math.max(1, seatsTotal)) * 100}%` }} />
        </span>
        {!free && <span class="soft small">{concert.soldOutHint}</span>}
      </span>
      <span class="date-card-go">
        {few && <span class="tag warn">{concert.few}</span>}
        {!free && <span class="tag">{concert.soldOut}</span>}
        <span class="date-card-verb">{tokenOf(concertId) ? concert.inLine : concert.choose}</span>
        <ChevronIcon />
      </span>
    </a>
  );
}
