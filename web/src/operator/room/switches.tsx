import { useState } from 'preact/hooks';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { useAct } from '../act';
import { api } from '../api';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import type { RoomPanelProps } from './room-panel';

type Asked = 'drain' | 'reset' | null;

/** Who gets in: pause and resume at once, closing and starting anew after a question. */
export function Switches({ concertId, room: { settings, numbers }, onChanged }: RoomPanelProps) {
  const { room: texts, shell } = messages.value;
  const [asked, setAsked] = useState<Asked>(null);
  const act = useAct();
  const path = { concertId };
  const change = async (said: string, work: () => Promise<unknown>) => {
    const done = await act.run(work);
    setAsked(null);
    onChanged();
    if (done) announce(said);
  };
  const pause = () =>
    change(texts.saidPaused, () => api.call('POST /v1/admin/concerts/{concertId}/waiting-room/pause', { path }));
  const resume = () =>
    change(texts.saidResumed, () => api.call('POST /v1/admin/concerts/{concertId}/waiting-room/resume', { path }));
  const drain = () =>
    change(texts.saidDraining, () => api.call('POST /v1/admin/concerts/{concertId}/waiting-room/drain', { path }));
  const reset = () =>
    change(texts.saidReset, () => {
      const body = { epoch: settings.epoch };
      return api.call('POST /v1/admin/concerts/{concertId}/waiting-room/reset', { path, body });
    });
  const { number } = format.value;
  const isShut = settings.paused || settings.draining;
  return (
    <div class="card stack switches">
      <h3>{texts.switches}</h3>
      <p class="soft small">{doorText(settings)}</p>
      <div class="stack tight">
        {isShut && (
          <Button wide busy={act.busy} onClick={() => void resume()}>
            {texts.resume}
          </Button>
        )}
        {!settings.paused && (
          <Button wide kind={isShut ? 'plain' : 'main'} busy={act.busy} onClick={() => void pause()}>
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
        <Dialog
          title={asked === 'drain' ? texts.drainTitle : texts.resetTitle}
          onClose={() => setAsked(null)}
          actions={
            <>
              {/* First, so that it has the focus: Enter once too often changes nothing. */}
              <Button kind="plain" onClick={() => setAsked(null)}>
                {shell.cancel}
              </Button>
              <Button
                kind={asked === 'drain' ? 'main' : 'danger'}
                busy={act.busy}
                onClick={() => void (asked === 'drain' ? drain() : reset())}
              >
                {asked === 'drain' ? texts.drain : texts.reset}
              </Button>
            </>
          }
        >
          <p>
            {asked === 'drain' ? texts.drainMore : texts.resetMore(number(numbers.waiting), number(numbers.active))}
          </p>
        </Dialog>
      )}
    </div>
  );
}

function doorText({ paused, draining }: RoomPanelProps['room']['settings']): string {
  const { room } = messages.value;
  if (paused) return room.pauseHint;
  return draining ? room.drainingHint : room.openHint;
}
