import type { ConcertSales } from '../api/api';
import { format } from '../i18n/format';
import type { Params } from '../platform/router';
import { Heading } from '../ui/heading';
import { BackIcon } from '../ui/icons';
import { Loading } from '../ui/loading';
import { api } from './api';
import { Approvals } from './approvals/approvals';
import { DateActions } from './dates/date-actions';
import { NewDateForm } from './dates/new-date-form';
import { RefundForm } from './dates/refund-form';
import { StandbyLines } from './dates/standby-lines';
import { links } from './links';
import { useLive } from './live';
import { messages } from './messages/messages';
import { ProblemNotice } from './problem-notice';
import { AdmissionTag } from './room/admission-tag';
import { readRoom } from './room/read-room';
import { RoomPanel } from './room/room-panel';
import { AllDates } from './sales/all-dates';
import { DateReport } from './sales/date-report';
import { sumOf } from './sales/seat-bar';
import { may } from './staff';

export function ConcertPage({ params: { concertId = '' } }: { params: Params }) {
  const { shell } = messages.value;
  const sales = useLive(`sales ${concertId}`, (signal) =>
    api.call('GET /v1/admin/concerts/{concertId}/sales', { path: { concertId }, signal }),
  );
  const seesRoom = may('admin', 'operator', 'viewer');
  const room = useLive(seesRoom ? `room ${concertId}` : null, (signal) => readRoom(concertId, signal));
  const problem = sales.problem ?? room.problem;
  const title = sales.data?.title ?? '';
  return (
    <div class="stack loose">
      <p>
        <a class="button quiet back-link" href={links.overview}>
          <BackIcon />
          {shell.back}
        </a>
      </p>
      <div class="row apart">
        <Heading title={title || shell.title}>{title || '\u00a0'}</Heading>
        {room.data && sales.data && <AdmissionTag room={room.data} concert={sales.data} />}
      </div>
      <Approvals />
      {problem && <ProblemNotice problem={problem} />}
      {!sales.data && !problem && <Loading label={shell.loading} />}
      {room.data && <RoomPanel concertId={concertId} room={room.data} onChanged={room.reload} />}
      {sales.data && <Sales concert={sales.data} onChanged={sales.reload} />}
      {sales.data && may('admin') && (
        <NewDateForm concertId={concertId} zone={sales.data.timeZone} onDone={sales.reload} />
      )}
      {sales.data && may('admin', 'box-office') && <RefundForm />}
    </div>
  );
}

interface SalesProps {
  concert: ConcertSales;
  onChanged: () => void;
}

function Sales({ concert: { id, performances: dates, timeZone }, onChanged }: SalesProps) {
  const { overview, seats } = messages.value;
  const { number } = format.value;
  const all = sumOf(dates);
  return (
    <section class="stack" aria-labelledby="dates">
      <div class="row apart">
        <h2 id="dates">{seats.dates}</h2>
        {dates.length > 1 && <span class="soft number">{seats.of(number(all.sold), number(all.seatsTotal))}</span>}
      </div>
      {dates.length === 0 && <p class="card soft">{overview.noDates}</p>}
      {dates.length > 0 && (
        <div class="card stack">
          <p class="soft small">{seats.zone(timeZone)}</p>
          <AllDates
            dates={dates}
            zone={timeZone}
            title="h3"
            actions={(date) => (
              <>
                <DateReport date={date} zone={timeZone} />
                <StandbyLines performanceId={date.id} />
                <DateActions date={date} hall={links.hall(id, date.id)} zone={timeZone} onChanged={onChanged} />
              </>
            )}
          />
        </div>
      )}
    </section>
  );
}
