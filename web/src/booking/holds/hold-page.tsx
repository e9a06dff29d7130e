import { useEffect, useState } from 'preact/hooks';
import { api, type Hold } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { navigate, type Params } from '../../platform/router';
import { serverNow } from '../../platform/server-clock';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { VenueTime } from '../../ui/venue-time';
import { useCommand } from '../commands/use-command';
import { links } from '../links';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../shell/problem-notice';
import { useQueue } from '../waiting-room/watch-queue';
import { Countdown } from './countdown';
import { HoldOver } from './hold-over';
import { Payment } from './payment';

/** ms between polls of a hold whose time is over, until the server has decided it. */
const pollMs = 1000;

/** Held seats: the time that is left, the price, the points, and paying. */
export function HoldPage({ params: { concertId = '', holdId = '' } }: { params: Params }) {
  const { shell } = messages.value;
  const load = (signal: AbortSignal) => api.holds.get(holdId, { signal });
  const {
    data: hold,
    problem,
    reload,
  } = useResource(`hold ${holdId}`, load, {
    everyMs: (read) => (read.status === 'held' ? Math.max(pollMs, leftMs(read)) : null),
  });
  const paying = useCommand(`pay ${holdId}`);
  const giving = useCommand(`release ${holdId}`);
  const decided = paying.outcome?.at ?? giving.outcome?.at;
  useEffect(() => {
    if (decided) reload();
  }, [decided]);
  // What was paid, here or in another tab, is a ticket now; Back must not lead here again.
  const paid = paying.outcome?.result?.reservationId;
  const reservationId = typeof paid === 'string' ? paid : hold?.reservationId;
  useEffect(() => {
    if (!reservationId) return;
    const thanks = typeof paid === 'string' ? '?thanks' : '';
    navigate(links.ticket(reservationId) + thanks, { replace: true });
  }, [reservationId]);
  if (problem && !hold) return <ProblemNotice wholePage problem={problem} onAgain={reload} />;
  if (!hold || reservationId) return <Loading label={shell.loading} />;
  if (hold.status !== 'held') return <HoldOver hold={hold} concertId={concertId} />;
  return <LiveHold {...{ hold, concertId, paying, giving }} onEnd={reload} />;
}

/** By what the page knows of the server's clock, which each answer may move: below zero once is not for ever. */
const leftMs = ({ expiresAt }: Hold) => Date.parse(expiresAt) - serverNow();

interface LiveHoldProps {
  hold: Hold;
  concertId: string;
  paying: ReturnType<typeof useCommand>;
  giving: ReturnType<typeof useCommand>;
  onEnd: () => void;
}

function LiveHold({ hold, concertId, paying, giving, onEnd }: LiveHoldProps) {
  const { hold: texts } = messages.value;
  const [asking, setAsking] = useState(false);
  // Paying needs no place, but whoever goes back to choose more keeps theirs.
  useQueue(concertId);
  const date = useResource(`date ${hold.performanceId}`, (signal) =>
    api.call('GET /v1/performances/{performanceId}', { path: { performanceId: hold.performanceId }, signal }),
  );
  return (
    <div class="narrow stack loose">
      <div class="stack">
        <Heading title={texts.title}>{texts.title}</Heading>
        <p class="soft">
          {date.data && (
            <>
              {date.data.concertTitle} · <VenueTime at={date.data.startsAt} zone={date.data.timeZone} />
            </>
          )}
        </p>
      </div>
      <Countdown hold={hold} paying={paying.pending} onEnd={onEnd} />
      <Payment hold={hold} concertId={concertId} paying={paying} />
      <div class="row">
        <Button
          kind="quiet"
          busy={giving.pending}
          disabled={giving.resting}
          onClick={() => paying.pending || setAsking(true)}
        >
          {texts.release}
        </Button>
      </div>
      {asking && (
        <ReleaseDialog
          resting={giving.resting}
          onClose={() => setAsking(false)}
          onGive={() => {
            setAsking(false);
            giving.run({ kind: 'release', holdId: hold.id, performanceId: hold.performanceId });
          }}
        />
      )}
    </div>
  );
}

function ReleaseDialog(props: { resting: boolean; onGive: () => void; onClose: () => void }) {
  const { resting, onGive, onClose } = props;
  const { hold } = messages.value;
  return (
    <Dialog
      title={hold.releaseSure}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" disabled={resting} onClick={onGive}>
            {hold.release}
          </Button>
          <Button kind="plain" onClick={onClose}>
            {hold.keep}
          </Button>
        </>
      }
    >
      <p>{hold.releaseMore}</p>
    </Dialog>
  );
}
