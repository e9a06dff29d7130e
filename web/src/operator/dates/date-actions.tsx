import { useState } from 'preact/hooks';
import type { PerformanceSales } from '../../api/api';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { api } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { may, staff } from '../staff';
import { CallOffDialog } from './call-off-dialog';
import { MoveDialog } from './move-dialog';

const readMs = 2000;

interface DateActionsProps {
  date: PerformanceSales;
  /** Where its hall is. */
  hall: string;
  /** Of the venue. */
  zone: string;
  /** Something was changed: read it again at once. */
  onChanged: () => void;
}

/** Moving a date and calling it off; of one that was called off, how much of it is given back. */
export function DateActions({ date, hall, zone, onChanged }: DateActionsProps) {
  const { dates, hall: texts, approvals } = messages.value;
  const [asked, setAsked] = useState<'move' | 'call-off' | null>(null);
  if (date.cancelledAt) return <Progress performanceId={date.id} />;
  const done = (said: string) => {
    setAsked(null);
    onChanged();
    announce(said);
  };
  return (
    <div class="row">
      <a class="button plain" href={hall}>
        {texts.open}
      </a>
      {may('admin') && (
        <>
          <Button kind="plain" onClick={() => setAsked('move')}>
            {dates.move}
          </Button>
          <Button kind="danger" onClick={() => setAsked('call-off')}>
            {dates.callOff}
          </Button>
        </>
      )}
      {asked === 'move' && (
        <MoveDialog date={date} zone={zone} onDone={() => done(dates.moved)} onClose={() => setAsked(null)} />
      )}
      {asked === 'call-off' && (
        <CallOffDialog
          date={date}
          zone={zone}
          onDone={() => done(staff.value?.twoPeople ? approvals.asked : dates.calledOff)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function Progress({ performanceId }: { performanceId: string }) {
  const { dates } = messages.value;
  const { number, shortDateTime } = format.value;
  const { data } = useLive(
    `call-off ${performanceId}`,
    (signal) =>
      api.call('GET /v1/admin/performances/{performanceId}/cancellation', { path: { performanceId }, signal }),
    ({ finishedAt }) => (finishedAt ? null : readMs),
  );
  if (!data) return null;
  const { seats, seatsLeft, finishedAt, reason } = data;
  return (
    <p class="soft small">
      {finishedAt
        ? dates.givenBack(number(seats), shortDateTime(finishedAt))
        : dates.givingBack(number(seatsLeft), number(seats))}{' '}
      {dates.because(reason)}
    </p>
  );
}
