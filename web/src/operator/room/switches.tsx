import { useState } from 'preact/hooks';
import type { AdminRoom } from '../../api/api';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { staff } from '../staff';
import { useAction } from '../use-action';

export interface SwitchesProps {
  concertId: string;
  room: AdminRoom;
  /** Something was changed: read it again at once. */
  onChanged: () => void;
}

type Asked = 'drain' | 'reset';

/** Who gets in: pause and resume at once, closing and starting anew after a question. */
export function Switches({ concertId, room: { settings, numbers }, onChanged }: SwitchesProps) {
  const { room: texts, approvals } = messages.value;
  const [asked, setAsked] = useState<Asked | null>(null);
  const act = useAction();
  const path = { concertId };
  const change = async (announcement: string, work: () => Promise<unknown>) => {
    const done = await act.run(work);
    setAsked(null);
    onChanged();
    if (done) announce(announcement);
  };
  const turn = (verb: 'pause' | 'resume' | 'drain', announcement: string) =>
    change(announcement, () => api.call(`POST /v1/admin/concerts/{concertId}/waiting-room/${verb}`, { path }));
  const reset = () =>
    change(staff.value?.twoPeople ? approvals.asked : texts.saidReset, () => {
      const body = { epoch: settings.epoch };
      return api.call('POST /v1/admin/concerts/{concertId}/waiting-room/reset', { path, body });
    });
  const isShut = settings.paused || settings.draining;
  return (
    <div class="card stack switches">
      <h3>{texts.switches}</h3>
      <p class="soft small">{admissionText(settings)}</p>
      <div class="stack tight">
        {isShut && (
          <Button wide busy={act.busy} onClick={() => void turn('resume', texts.saidResumed)}>
            {texts.resume}
          </Button>
        )}
        {!settings.paused && (
          <Button
            wide
            kind={isShut ? 'plain' : 'main'}
            busy={act.busy}
            onClick={() => void turn('pause', texts.saidPaused)}
          >
            {texts.pause}
          </Button>
        )}
        {!settings.draining && (
          <Button wide kind="plain" busy={act.busy} onClick={() => setAsked('drain')}>
            {texts.drain}
          </Button>
        )}
        <Button wide kind="danger" busy={act.busy} onClick={() => setAsked('reset')}>
          {texts.reset}
        </Button>
      </div>
      {act.problem && <ProblemNotice problem={act.problem} />}
      {asked && (
        <Question
          asked={asked}
          numbers={numbers}
          busy={act.busy}
          onYes={() => void (asked === 'drain' ? turn('drain', texts.saidDraining) : reset())}
          onNo={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function admissionText({ paused, draining }: AdminRoom['settings']): string {
  const { room } = messages.value;
  if (paused) return room.pauseHint;
  return draining ? room.drainingHint : room.openHint;
}

interface QuestionProps {
  asked: Asked;
  numbers: AdminRoom['numbers'];
  busy: boolean;
  onYes: () => void;
  onNo: () => void;
}

function Question({ asked, numbers, busy, onYes, onNo }: QuestionProps) {
  const { room: texts, shell } = messages.value;
  const { number } = format.value;
  const isDrain = asked === 'drain';
  const actions = (
    <>
      {/* First, so that it has the focus: Enter once too often changes nothing. */}
      <Button kind="plain" onClick={onNo}>
        {shell.cancel}
      </Button>
      <Button kind={isDrain ? 'main' : 'danger'} busy={busy} onClick={onYes}>
        {isDrain ? texts.drain : texts.reset}
      </Button>
    </>
  );
  return (
    <Dialog title={isDrain ? texts.drainTitle : texts.resetTitle} onClose={onNo} actions={actions}>
      <p>{isDrain ? texts.drainMore : texts.resetMore(number(numbers.waiting), number(numbers.active))}</p>
    </Dialog>
  );
}
