import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { api, type Standby } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { pause } from '../../platform/pause';
import { who } from '../../platform/session';
import { settings } from '../../platform/settings';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { useCommand } from '../commands/use-command';
import { Countdown } from '../holds/countdown';
import { links } from '../links';
import { messages } from '../messages/messages';
import type { LiveSeats } from '../seats/watch-seats';
import { RefusalNotice } from '../shell/refusal-notice';

/** How often a place in line, or an offer, is read where no stream shows it, ms. Without one there is nothing to wait for. */
const placeMs = 4000;
/** ms. So long a stream has to send the place before it is asked for. */
const silentMs = 3000;

type Joining = ReturnType<typeof useCommand>;

interface StandbyPanelProps {
  concertId: string;
  performanceId: string;
  live: LiveSeats;
  /** Something was offered, or an offer is over: the hold that is offered now. */
  onOffer: (holdId: string | null) => void;
}

/** A line for sections without free seats: joining it, the place in it, and what is offered, on any device. */
export function StandbyPanel({ concertId, performanceId, live, onOffer }: StandbyPanelProps) {
  const { standby: texts } = messages.value;
  const userId = who.value?.token && who.value.userId;
  const joining = useCommand(`standby ${performanceId}`);
  const { place, reload } = usePlace(userId || null, performanceId, live, joining.outcome);
  const offered = place?.status === 'offered' ? place.holdId : null;
  useEffect(() => {
    if (offered) announce(messages.peek().standby.offered);
    onOffer(offered);
  }, [offered]);
  const full = useSoldOutSections(live);
  if (!userId || place === undefined) return null;
  const isWaiting = isOpen(place);
  if (!isWaiting && full.length === 0) return null;
  return (
    <section class="stack" aria-label={texts.title}>
      {place?.status === 'offered' && <Offer place={place} concertId={concertId} onEnd={reload} />}
      {place?.status === 'waiting' && <Waiting place={place} onChange={reload} />}
      {place?.status === 'lapsed' && <Notice kind="warn" title={texts.lapsed} />}
      {place?.status === 'skipped' && (
        <Notice kind="warn" title={place.reason === 'SEAT_LIMIT_EXCEEDED' ? texts.skipped : texts.over} />
      )}
      {!isWaiting && <JoinForm performanceId={performanceId} sections={full} joining={joining} />}
      {joining.outcome?.refusal && !isWaiting && <RefusalNotice refusal={joining.outcome.refusal} />}
    </section>
  );
}

/**
 * The user's newest place, null without one, undefined while it is not known: from the stream of the seats, which is sent every
 * change, else by polling. What was joined here is polled until it comes by the stream.
 */
function usePlace(userId: string | null, performanceId: string, live: LiveSeats, outcome: Joining['outcome']) {
  const streamed = live.standby.value;
  const joined = outcome?.result?.standbyId;
  const isBehind = streamed !== undefined && typeof joined === 'string' && joined > (streamed?.id ?? '');
  // A server that is older than the page sends no places.
  const isSilent = live.live.value && streamed === undefined;
  const isPolled = !live.live.value || isSilent || isBehind;
  const polled = useResource(
    userId && isPolled ? `standby ${userId} ${performanceId} ${outcome?.at ?? ''}` : null,
    async (signal) => {
      if (isSilent) await pause(silentMs, signal);
      return api.call('GET /v1/standby', { query: { performanceId, limit: 1 }, signal });
    },
    { everyMs: ({ items: [newest] }) => (isOpen(newest) ? placeMs : null) },
  );
  const known = isPolled ? polled.data && (polled.data.items[0] ?? null) : streamed;
  const shown = useRef<{ userId: string | null; place?: Standby | null }>({ userId });
  if (shown.current.userId !== userId) shown.current = { userId };
  // What was shown stays until there is an answer of the other way.
  if (isPolled ? polled.data : known !== undefined) shown.current.place = known;
  return { place: shown.current.place, reload: polled.reload };
}

/** It may become an offer, or is one. */
const isOpen = (place: Standby | null | undefined) => place?.status === 'waiting' || place?.status === 'offered';

/** Counted anew with every change of the hall, not by following each of its seats. */
function useSoldOutSections({ seats: { value: seats }, version }: LiveSeats): string[] {
  return useMemo(() => {
    const all = seats ?? [];
    const free = new Set(all.flatMap(({ section, status }) => (status.peek() === 'available' ? section : [])));
    return [...new Set(all.map(({ section }) => section))].filter((section) => !free.has(section));
  }, [seats, version.value]);
}

interface LeaveProps {
  place: Standby;
  label: string;
  onLeft: () => void;
}

/** Gives up the place, or what was offered. */
function Leave({ place: { id: standbyId, performanceId }, label, onLeft }: LeaveProps) {
  const leaving = useCommand(`leave standby ${standbyId}`);
  const left = leaving.outcome?.at;
  useEffect(() => {
    if (left) onLeft();
  }, [left]);
  const leave = () => leaving.run({ kind: 'leave-standby', standbyId, performanceId });
  return (
    <Button kind="plain" busy={leaving.pending} disabled={leaving.resting} onClick={leave}>
      {label}
    </Button>
  );
}

function Waiting({ place, onChange }: { place: Standby; onChange: () => void }) {
  const { standby: texts, unit } = messages.value;
  const leave = <Leave place={place} label={texts.leave} onLeft={onChange} />;
  return (
    <Notice title={texts.place(place.position ?? 1, place.length ?? 1)} actions={leave}>
      <p>{texts.waiting(place.section, unit.seats(place.seats))}</p>
    </Notice>
  );
}

function Offer({ place, concertId, onEnd }: { place: Standby; concertId: string; onEnd: () => void }) {
  const { standby: texts, seats } = messages.value;
  const holdId = place.holdId ?? '';
  const hold = useResource(`hold ${holdId}`, (signal) => api.holds.get(holdId, { signal }));
  const pay = (
    <a class="button main" href={links.hold(concertId, holdId)}>
      {seats.toPayment}
    </a>
  );
  return (
    <>
      <Notice
        kind="good"
        title={texts.offered}
        actions={
          <>
            {pay}
            <Leave place={place} label={texts.giveBack} onLeft={onEnd} />
          </>
        }
      />
      {hold.data?.status === 'held' && <Countdown hold={hold.data} paying={false} onEnd={onEnd} />}
    </>
  );
}

interface JoinFormProps {
  performanceId: string;
  sections: string[];
  joining: Joining;
}

function JoinForm({ performanceId, sections, joining }: JoinFormProps) {
  const { standby: texts, seats: seatTexts, unit } = messages.value;
  const [chosen, setSection] = useState('');
  const [count, setCount] = useState(1);
  const id = useId();
  const section = sections.includes(chosen) ? chosen : (sections[0] ?? '');
  const join = () => {
    if (joining.pending || joining.resting) return;
    joining.dismiss();
    joining.run({ kind: 'standby', performanceId, section, seats: count });
  };
  return (
    <Form labelledBy={`${id}-title`} onSubmit={join}>
      <h2 id={`${id}-title`}>{texts.title}</h2>
      <p class="soft">{texts.how}</p>
      {sections.length > 1 && (
        <div class="field">
          <label for={`${id}-section`}>{texts.section}</label>
          <select id={`${id}-section`} value={section} onChange={(event) => setSection(event.currentTarget.value)}>
            {sections.map((name) => (
              <option key={name} value={name}>
                {seatTexts.section(name)}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="row">
        {Array.from({ length: settings.maxSeats }, (_, i) => i + 1).map((n) => (
          <button key={n} type="button" class="chip" aria-pressed={count === n} onClick={() => setCount(n)}>
            {unit.seats(n)}
          </button>
        ))}
      </div>
      <Button type="submit" busy={joining.pending} disabled={joining.resting} wide>
        {texts.join}
      </Button>
    </Form>
  );
}
