import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { messages } from '../messages/messages';

export function GiveBackDialog({ onGive, onClose }: { onGive: () => void; onClose: () => void }) {
  const { hold } = messages.value;
  return (
    <Dialog
      title={hold.giveBackSure}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" onClick={onGive}>
            {hold.giveBack}
          </Button>
          <Button kind="plain" onClick={onClose}>
            {hold.keep}
          </Button>
        </>
      }
    >
      <p>{hold.giveBackMore}</p>
    </Dialog>
  );
}
