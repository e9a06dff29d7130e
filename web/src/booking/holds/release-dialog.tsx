import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { messages } from '../messages/messages';

export function ReleaseDialog({ onGive, onClose }: { onGive: () => void; onClose: () => void }) {
  const { hold } = messages.value;
  return (
    <Dialog
      title={hold.releaseSure}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" onClick={onGive}>
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
