import { useMemo } from 'preact/hooks';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import type { Params } from '../../platform/router';
import { Button } from '../../ui/button';
import { Heading } from '../../ui/heading';
import { BackIcon } from '../../ui/icons';
import { Loading } from '../../ui/loading';
import { VenueTime } from '../../ui/venue-time';
import { api, operator } from '../api';
import { links } from '../links';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may } from '../staff';
import { BlockList } from './block-list';
import { HallMap } from './hall-map';
import { BlockForm, GiveForm } from './seat-forms';
import { useMarks } from './use-marks';

/** The hall of a date, to block seats and to give some away. */
export function HallPage({ params: { concertId = '', performanceId = '' } }: { params: Params }) {
  const { shell, hall } = messages.value;
  const path = { performanceId };
  const session = operator.value?.token;
  const date = useResource(
    session ? `date ${performanceId}` : null,
    (signal) => api.call('GET /v1/performances/{performanceId}', { path, signal }),
    { session },
  );
  const map = useLive(`hall ${performanceId}`, (signal) =>
    api.call('GET /v1/performances/{performanceId}/seats', { path, signal }),
  );
  const blocks = useLive(`blocks ${performanceId}`, (signal) =>
    api.call('GET /v1/admin/performances/{performanceId}/blocks', { path, query: { limit: 100 }, signal }),
  );
  const marks = useMarks();
  const problem = date.problem ?? map.problem ?? blocks.problem;
  // The same list as long as nothing has changed: a large hall is not drawn anew every other second.
  const shown = JSON.stringify(map.data?.seats.map(({ id, status }) => `${id} ${status}`));
  const seats = useMemo(() => map.data?.seats ?? null, [shown]);
  const changed = () => {
    map.reload();
    blocks.reload();
  };
  return (
    <div class="stack loose">
      <p>
        <a class="button quiet back-link" href={links.concert(concertId)}>
          <BackIcon />
          {date.data?.concertTitle || shell.back}
        </a>
      </p>
      <Heading title={hall.title}>{hall.title}</Heading>
      {date.data && <VenueTime at={date.data.startsAt} zone={date.data.timeZone} />}
      {problem && <ProblemNotice problem={problem} />}
      {!seats && !problem && <Loading label={shell.loading} />}
      {seats && (
        <>
          <p class="soft small" id="hall-how">
            {hall.how}
          </p>
          <HallMap seats={seats} marks={marks} />
          <div class="row">
            <output>{hall.marked(marks.ids.size, format.value.number(marks.ids.size))}</output>
            <Button kind="plain" disabled={marks.ids.size === 0} onClick={marks.clear}>
              {hall.clear}
            </Button>
          </div>
          <div class="hall-forms">
            {may('admin', 'operator') && <BlockForm {...{ performanceId, seats, marks }} onDone={changed} />}
            {may('admin', 'box-office') && <GiveForm {...{ performanceId, seats, marks }} onDone={changed} />}
          </div>
        </>
      )}
      {blocks.data && <BlockList performanceId={performanceId} blocks={blocks.data.items} onChanged={changed} />}
    </div>
  );
}
