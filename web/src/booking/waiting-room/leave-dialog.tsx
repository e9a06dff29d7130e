import { useState } from 'preact/hooks';
import { api } from '../../api/api';
import { keepTrying } from '../../api/keep-trying';
import { navigate } from '../../platform/router';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { links } from '../links';
import { messages } from '../messages/messages';
import { forgetToken, tokenOf } from './queue-tokens';

export function LeaveDialog({ concertId, onClose }: { concertId: string; onClose: () => void }) {
  const { queue } = messages.value;
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    await leaveQueue(concertId);
    navigate(links.concert(concertId));
  };
  return (
    <Dialog
      title={queue.leaveSure}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" busy={busy} onClick={() => void leave()}>
            {queue.leave}
          </Button>
          <Button kind="plain" onClick={onClose}>
            {queue.stay}
          </Button>
        </>
      }
    >
      <p>{queue.leaveMore}</p>
    </Dialog>
  );
}

/** Gives the place in the queue up; one that is gone already is given up, too. */
async function leaveQueue(concertId: string): Promise<void> {
  const queueToken = tokenOf(concertId)?.token;
  const asked = { path: { concertId }, queueToken };
  const leave = () => api.call('DELETE /v1/concerts/{concertId}/queue-token', asked);
  if (queueToken) await keepTrying(leave).catch(() => undefined);
  forgetToken(concertId, 'left');
}
