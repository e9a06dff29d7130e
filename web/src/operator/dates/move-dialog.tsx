import { useId, useState } from 'preact/hooks';
import type { PerformanceSales } from '../../api/api';
import { format } from '../../i18n/format';
import { fromWallClock, wallClock } from '../../i18n/wall-clock';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { TextField } from '../text-field';
import { useAction } from '../use-action';

interface MoveDialogProps {
  date: PerformanceSales;
  /** Of the venue. */
  zone: string;
  onDone: () => void;
  onClose: () => void;
}

/** Moves a date, and says until when those who have seats may give them back. */
export function MoveDialog({ date, zone, onDone, onClose }: MoveDialogProps) {
  const { dates, seats, shell } = messages.value;
  const id = useId();
  const [startsAt, setStartsAt] = useState(wallClock(date.startsAt, zone));
  const [until, setUntil] = useState('');
  const act = useAction();
  const move = async () => {
    const body = { startsAt: fromWallClock(startsAt, zone) ?? date.startsAt, refundUntil: fromWallClock(until, zone) };
    const work = () =>
      api.call('PATCH /v1/admin/performances/{performanceId}', { path: { performanceId: date.id }, body });
    if (await act.run(work)) onDone();
  };
  const actions = (
    <>
      <Button kind="plain" onClick={onClose}>
        {shell.cancel}
      </Button>
      <Button busy={act.busy} disabled={fromWallClock(startsAt, zone) === null} onClick={() => void move()}>
        {dates.move}
      </Button>
    </>
  );
  return (
    <Dialog
      title={dates.moveTitle(format.value.shortDateTime(date.startsAt, zone))}
      onClose={onClose}
      actions={actions}
    >
      <div class="stack">
        <p>{dates.moveMore}</p>
        <p class="soft small">{seats.zone(zone)}</p>
        <TextField
          id={`${id}-starts`}
          type="datetime-local"
          label={dates.startsAt}
          text={startsAt}
          onText={setStartsAt}
        />
        <TextField
          id={`${id}-until`}
          type="datetime-local"
          label={dates.refundUntil}
          text={until}
          onText={setUntil}
          hint={dates.untilStart}
        />
        {act.problem && <ProblemNotice problem={act.problem} />}
      </div>
    </Dialog>
  );
}
