import { useState } from 'preact/hooks';
import type { AdminRoom, ConcertSales } from '../api/api';
import { format } from '../i18n/format';
import { Heading } from '../ui/heading';
import { Loading } from '../ui/loading';
import { MoreButton } from '../ui/more-button';
import { Notice } from '../ui/notice';
import { api } from './api';
import { Approvals } from './approvals/approvals';
import { NowTiles } from './commands/now-tiles';
import { links } from './links';
import { useLive } from './live';
import { messages } from './messages/messages';
import { ProblemNotice } from './problem-notice';
import { AdmissionTag } from './room/admission-tag';
import { readRoom } from './room/read-room';
import { AllDates } from './sales/all-dates';
import { may } from './staff';

/** Concerts on a page, and how often their lines are read: an operator has so many requests a second. */
const fewConcerts = 10;
const mostConcerts = 100;
const roomMs = 4000;

export function OverviewPage() {
  const { overview, shell } = messages.value;
  const [limit, setLimit] = useState(fewConcerts);
  const { data, problem, reload } = useLive(`sales ${limit}`, (signal) =>
    api.call('GET /v1/admin/sales', { query: { limit }, signal }),
  );
  return (
    <div class="stack loose">
      <Heading title={overview.title}>{overview.title}</Heading>
      <Approvals />
      {may('admin', 'operator', 'viewer') && <NowTiles />}
      <section class="stack" aria-labelledby="concerts">
        <h2 id="concerts">{overview.concerts}</h2>
        {problem && <ProblemNotice problem={problem} onAgain={reload} />}
        {!data && !problem && <Loading label={shell.loading} />}
        {data?.items.length === 0 && <Notice title={overview.none} actions={<a href="/docs/">{overview.api}</a>} />}
        {data?.items.map((concert) => (
          <ConcertCard key={concert.id} concert={concert} />
        ))}
      </section>
      {data?.nextCursor && limit < mostConcerts && (
        <MoreButton label={shell.more} onClick={() => setLimit(mostConcerts)} />
      )}
    </div>
  );
}

function ConcertCard({ concert }: { concert: ConcertSales }) {
  const { id, title, timeZone, performances } = concert;
  const { overview } = messages.value;
  const { data: room } = useLive(
    may('admin', 'operator', 'viewer') ? `room ${id}` : null,
    (signal) => readRoom(id, signal),
    roomMs,
  );
  return (
    <article class="card stack" aria-labelledby={`title-${id}`}>
      <div class="row apart">
        <h3 class="card-title" id={`title-${id}`}>
          <a href={links.concert(id)}>{title}</a>
        </h3>
        {room && <AdmissionTag room={room} concert={concert} />}
      </div>
      {room && <RoomSummary numbers={room.numbers} />}
      {performances.length === 0 && <p class="soft">{overview.noDates}</p>}
      {performances.length > 0 && <AllDates dates={performances} zone={timeZone} title="h4" />}
    </article>
  );
}

/** The waiting room of a concert in three numbers. */
function RoomSummary({ numbers }: { numbers: AdminRoom['numbers'] }) {
  const { room } = messages.value;
  const { number } = format.value;
  const facts: [string, number][] = [
    [room.waiting, numbers.waiting],
    [room.active, numbers.active],
    [room.admitted, numbers.admittedLastMinute],
  ];
  return (
    <dl class="room-summary">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="number">{number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
