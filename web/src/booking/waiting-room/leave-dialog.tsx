import { useState } from 'preact/hooks';
import { api, hasCode } from '../../api/api';
import { isTransient } from '../../api/keep-trying';
import { backOff, pause } from '../../platform/pause';
import { navigate } from '../../platform/router';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { links } from '../links';
import { messages } from '../messages/messages';
import { forgetToken, tokenOf } from './queue-tokens';

export function LeaveDialog({ concertId, onClose }: { concertId: string; onClose: () => void }) {
  const { line } = messages.value;
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    await leaveLine(concertId);
    navigate(links.concert(concertId));
  };
  return (
    <Dialog
      title={line.leaveSure}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" busy={busy} onClick={() => void leave()}>
            {line.leave}
          </Button>
          <Button kind="plain" onClick={onClose}>
            {line.stay}
          </Button>
        </>
      }
    >
      <p>{line.leaveMore}</p>
    </Dialog>
  );
}

/** Gives the place up; one that is gone already is given up, too. */
async function leaveLine(concertId: string): Promise<void> {
  const queueToken = tokenOf(concertId)?.token;
  for (let tries = 1; queueToken; tries += 1) {
    try {
      await api.call('DELETE /v1/concerts/{concertId}/queue-token', { path: { concertId }, queueToken });
      break;
    } catch (error) {
      if (hasCode(error, 'UNAUTHENTICATED') || !isTransient(error)) break;
      await pause(backOff(tries));
    }
  }
  forgetToken(concertId, 'left');
}
