import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { navigate, type Params } from '../../platform/router';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { VenueTime } from '../../ui/venue-time';
import { links } from '../links';
import { messages } from '../messages/messages';
import { BackLink } from '../shell/back-link';
import { BeforeOpening } from './before-opening';
import { LeaveDialog } from './leave-dialog';
import { QueueEnded } from './queue-ended';
import { QueuePosition } from './queue-position';
import { type QueueWatch, useQueue } from './watch-queue';

/** The wait for one date: where one stands, and in by itself when it is one's turn. */
export function WaitingRoomPage({ params: { concertId = '', performanceId = '' } }: { params: Params }) {
  const { queue: texts, shell } = messages.value;
  const date = useResource(`date ${performanceId}`, (signal) =>
    api.call('GET /v1/performances/{performanceId}', { path: { performanceId }, signal }),
  );
  const queue = useQueue(concertId);
  const title = date.data?.concertTitle ?? '';
  return (
    <div class="narrow stack loose">
      <BackLink href={links.concert(concertId)}>{title || shell.back}</BackLink>
      <div class="stack">
        <Heading title={texts.title(title)}>{texts.title(title)}</Heading>
        {date.data && (
          <p class="soft">
            <VenueTime at={date.data.startsAt} zone={date.data.timeZone} />
          </p>
        )}
      </div>
      {queue ? (
        <Waiting {...{ queue, concertId, performanceId }} zone={date.data?.timeZone ?? null} />
      ) : (
        <Loading label={texts.entering} />
      )}
    </div>
  );
}

interface WaitingProps {
  queue: QueueWatch;
  concertId: string;
  performanceId: string;
  zone: string | null;
}

function Waiting({ queue, concertId, performanceId, zone }: WaitingProps) {
  const { queue: texts } = messages.value;
  const [leaving, setLeaving] = useState(false);
  const state = queue.state.value;
  const end = queue.end.value;
  const active = state?.status === 'active';
  const entryUrl = state?.entryUrl;
  useEffect(() => {
    if (!active) return;
    if (entryUrl && isPage(entryUrl)) return location.replace(entryUrl);
    announce(messages.peek().queue.yourTurn);
    navigate(links.seats(concertId, performanceId), { replace: true });
  }, [active, entryUrl, concertId, performanceId]);
  if (end) return <QueueEnded end={end} concertId={concertId} onJoin={queue.join} />;
  if (!state || active) return <Loading label={texts.entering} />;
  return (
    <>
      {state.opensAt ? (
        <BeforeOpening opensAt={state.opensAt} zone={zone} drawNumber={state.drawNumber} />
      ) : (
        <QueuePosition state={state} concertId={concertId} isLive={queue.live.value} />
      )}
      <div class="row">
        <Button kind="quiet" onClick={() => setLeaving(true)}>
          {texts.leave}
        </Button>
      </div>
      {leaving && <LeaveDialog concertId={concertId} onClose={() => setLeaving(false)} />}
    </>
  );
}

/** Of this site or another. Not of the API, where clients of a concert without a page of its own are sent, nor one that runs code. */
function isPage(address: string): boolean {
  const { protocol, origin, pathname } = new URL(address, location.href);
  return /^https?:$/.test(protocol) && !(origin === location.origin && pathname.startsWith('/v1/'));
}
