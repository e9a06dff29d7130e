import { api, type Concert } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { format } from '../../i18n/format';
import { serverNow } from '../../platform/server-clock';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { MoreButton } from '../../ui/more-button';
import { Notice } from '../../ui/notice';
import { OwnTime } from '../../ui/venue-time';
import { links } from '../links';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../shell/problem-notice';
import { Poster } from './poster';

export function ConcertsPage() {
  const { concerts, shell } = messages.value;
  const { data, problem, more, reload } = usePages('concerts', (cursor, signal) =>
    api.call('GET /v1/concerts', { query: { limit: 24, cursor }, signal }),
  );
  return (
    <div class="stack loose">
      <div class="stack">
        <Heading title={concerts.title}>{concerts.title}</Heading>
        <p class="soft lead">{concerts.lead}</p>
      </div>
      {problem && !data && <ProblemNotice problem={problem} onAgain={reload} />}
      {!data && !problem && <Loading label={shell.loading} />}
      {data?.length === 0 && <Notice title={concerts.none} />}
      {data && data.length > 0 && (
        <ul class="posters">
          {data.map((concert) => (
            <li key={concert.id}>
              <ConcertCard concert={concert} />
            </li>
          ))}
        </ul>
      )}
      {more && <MoreButton label={shell.more} onClick={more} />}
    </div>
  );
}

function ConcertCard({ concert: { id, title, opensAt, timeZone } }: { concert: Concert }) {
  const { concerts } = messages.value;
  const opensLater = opensAt !== null && Date.parse(opensAt) > serverNow();
  return (
    <a class="card concert-card" href={links.concert(id)}>
      <Poster id={id} />
      <span class="concert-card-words">
        <strong>{title}</strong>
        <span class={opensLater ? 'tag warn' : 'tag good'}>
          {opensLater ? concerts.opens(format.value.shortDateTime(opensAt, timeZone)) : concerts.open}
        </span>
        {opensLater && <OwnTime at={opensAt} zone={timeZone} />}
      </span>
    </a>
  );
}
