import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type PerformanceDetails } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import { navigate, type Params } from '../../platform/router';
import { signedIn } from '../../platform/session';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { VenueTime } from '../../ui/venue-time';
import type { Best } from '../commands/intent';
import { useCommand } from '../commands/use-command';
import { useMyHolds } from '../holds/use-my-holds';
import { links } from '../links';
import { messages } from '../messages/messages';
import { BackLink } from '../shell/back-link';
import { ProblemNotice } from '../shell/problem-notice';
import { RefusalNotice } from '../shell/refusal-notice';
import { StandbyPanel } from '../standby/standby-panel';
import { QueueEnded } from '../waiting-room/queue-ended';
import { queueEndOf } from '../waiting-room/queue-tokens';
import { useQueue } from '../waiting-room/watch-queue';
import { ChoiceBar } from './choice-bar';
import { ChoiceProblem } from './choice-problem';
import { FindSeats } from './find-seats';
import { SeatMap } from './hall-view';
import { Legend } from './legend';
import { useChoice } from './use-choice';
import { type LiveSeats, useSeats } from './watch-seats';

/** The hall, live, for active users. */
export function SeatsPage({ params: { concertId = '', performanceId = '' } }: { params: Params }) {
  const { shell } = messages.value;
  const date = useResource(`date ${performanceId}`, (signal) =>
    api.call('GET /v1/performances/{performanceId}', { path: { performanceId }, signal }),
  );
  const live = useSeats(performanceId);
  const queue = useQueue(concertId);
  const waiting = queue?.state.value?.status === 'waiting';
  useEffect(() => {
    if (waiting) navigate(links.waitingRoom(concertId, performanceId), { replace: true });
  }, [waiting, concertId, performanceId]);
  const held = useMyHolds(concertId, performanceId);
  const [offered, setOffered] = useState<string | null>(null);
  const noteOffer = (holdId: string | null) => {
    if (holdId === offered) return;
    setOffered(holdId);
    held.reload();
  };
  // What is offered has a notice of its own.
  const others = held.holds.filter(({ holdId }) => holdId !== offered);
  const end = queue && (queue.end.value ?? queueEndOf(concertId));
  const problem = live?.problem.value ?? (date.data ? null : date.problem);
  return (
    <div class="stack seats-page">
      <BackLink href={links.concert(concertId)}>{date.data?.concertTitle || shell.back}</BackLink>
      <Head date={date.data} live={live} />
      {others.map(({ holdId, expiresAt }) => (
        <HoldReminder key={holdId} until={expiresAt} href={links.hold(concertId, holdId)} />
      ))}
      {queue && end && !date.data?.cancelledAt && <QueueEnded end={end} concertId={concertId} onJoin={queue.join} />}
      {problem && <ProblemNotice problem={problem} />}
      {!date.data?.cancelledAt && live?.seats.value && (
        <StandbyPanel {...{ concertId, performanceId, live }} onOffer={noteOffer} />
      )}
      {date.data?.cancelledAt ? (
        <RefusalNotice refusal={{ code: 'PERFORMANCE_CANCELLED', detail: '' }} />
      ) : live?.seats.value ? (
        <Choosing {...{ live, concertId, performanceId, held }} canHold={!end} />
      ) : (
        !problem && <Loading label={shell.loading} />
      )}
    </div>
  );
}

function Head({ date, live }: { date: PerformanceDetails | null; live: LiveSeats | null }) {
  const { seats } = messages.value;
  return (
    <div class="seats-head">
      <Heading title={date ? `${seats.title}, ${date.concertTitle}` : seats.title}>{seats.title}</Heading>
      <p class="row soft">
        {date && (
          <span>
            <VenueTime at={date.startsAt} zone={date.timeZone} />
          </span>
        )}
        <span class={`pulse small${live?.live.value ? ' is-live' : ''}`}>
          {live?.live.value ? seats.live : seats.notLive}
        </span>
      </p>
    </div>
  );
}

/** Seats that are held already: the way to paying for them. */
function HoldReminder({ until, href }: { until: string; href: string }) {
  const { seats } = messages.value;
  const pay = (
    <a class="button main" href={href}>
      {seats.toPayment}
    </a>
  );
  return <Notice kind="good" title={seats.yours(format.value.time(until))} actions={pay} />;
}

interface ChoosingProps {
  live: LiveSeats;
  concertId: string;
  performanceId: string;
  held: ReturnType<typeof useMyHolds>;
  canHold: boolean;
}

const noSeats: ReadonlySet<string> = new Set();

function Choosing({ live, concertId, performanceId, held, canHold }: ChoosingProps) {
  const { seats: texts } = messages.value;
  const seats = live.seats.value ?? [];
  const placing = useCommand(`hold ${performanceId}`);
  const yours = new Set(held.holds.flatMap(({ seatIds }) => seatIds));
  const choice = useChoice(performanceId, live, { yours, pending: placing.command });
  const dock = useRef<HTMLDivElement>(null);
  useScrollPadding(dock);
  const { outcome, mine } = placing;
  useEffect(() => {
    const holdId = outcome?.result?.holdId;
    if (typeof holdId === 'string' && mine) {
      choice.clear();
      navigate(links.hold(concertId, holdId));
    }
    if (outcome?.refusal && saysWhichSeats(outcome.refusal.code)) {
      const { seatIds = [], yours: own = [] } = outcome.refusal;
      choice.lose(
        seatIds.filter((id) => !own.includes(id)),
        true,
      );
      held.reload();
    }
    if (outcome?.refusal?.code === 'QUEUE_TOKEN_NOT_ACTIVE') navigate(links.waitingRoom(concertId, performanceId));
  }, [outcome?.at]);
  const place = () => {
    placing.dismiss();
    placing.run({ kind: 'hold', concertId, performanceId, seatIds: choice.chosen.map(({ id }) => id) });
  };
  useEffect(() => {
    // By this user, perhaps, on another device.
    if (choice.trouble?.kind === 'taken') held.reload();
  }, [choice.trouble]);
  const lost = choice.trouble?.kind === 'taken' ? new Set(choice.trouble.seatIds) : noSeats;
  const otherRefusal = outcome?.refusal && !hasOwnWords(outcome.refusal.code) ? outcome.refusal : null;
  const find = (best: Best) => {
    placing.dismiss();
    placing.run({ kind: 'find', concertId, performanceId, best });
  };
  return (
    <>
      {signedIn.value && canHold && (
        <FindSeats
          busy={placing.pending}
          resting={placing.resting}
          hasAccessible={seats.some(({ attributes }) => attributes?.includes('accessible'))}
          onFind={find}
        />
      )}
      <Legend seats={seats} />
      <SeatMap
        seats={seats}
        chosen={new Set(choice.chosen.map(({ id }) => id))}
        yours={yours}
        lost={lost}
        onToggle={choice.toggle}
      />
      <div class="choice-dock" ref={dock}>
        <ChoiceProblem choice={choice} seats={seats} />
        {otherRefusal && <RefusalNotice refusal={otherRefusal} />}
        {signedIn.value ? (
          canHold && <ChoiceBar choice={choice} busy={placing.pending} resting={placing.resting} onHold={place} />
        ) : (
          <a class="button main wide" href={links.signIn(links.seats(concertId, performanceId))}>
            {texts.signIn}
          </a>
        )}
      </div>
    </>
  );
}

/** Other users, or an operator, were faster. */
const saysWhichSeats = (code: string) => code === 'SEAT_TAKEN' || code === 'SEAT_BLOCKED';

/** The seats are named, or the state of the queue is shown. */
function hasOwnWords(code: string): boolean {
  return saysWhichSeats(code) || code.startsWith('QUEUE_TOKEN_') || code === 'WAITING_ROOM_CLOSED';
}

/** What gets the focus is scrolled to above the dock, not behind it; so is what has it when the dock grows. */
function useScrollPadding(dock: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = dock.current;
    if (!element) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      const isAbove = getComputedStyle(element).position === 'sticky';
      style.scrollPaddingBottom = isAbove ? `${element.offsetHeight}px` : '';
      const focused = document.activeElement;
      if (isAbove && focused?.matches('.seat')) focused.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.scrollPaddingBottom = '';
    };
  }, [dock]);
}
