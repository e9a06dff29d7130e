import { useEffect, useState } from 'preact/hooks';
import { api, type CancellationTerms, type Reservation } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/notice';
import { useCommand } from '../commands/use-command';
import { messages } from '../messages/messages';
import { SeatLines } from '../seats/seat-lines';
import { RefusalNotice } from '../shell/refusal-notice';

interface CancelSeatsProps {
  reservation: Reservation;
  /** Of the venue; the viewer's own until it is known. */
  zone: string | undefined;
  onCancelled: () => void;
}

/** Until when seats may be given back, what would come back for each, and the way to it. */
export function CancelSeats({ reservation, zone, onCancelled }: CancelSeatsProps) {
  const { id, performanceId, seatIds } = reservation;
  const { tickets, unit } = messages.value;
  const { number, dateTime } = format.value;
  const [asking, setAsking] = useState(false);
  const cancelling = useCommand(`cancel ${id}`);
  const decided = cancelling.outcome?.at;
  const terms = useResource(seatIds.length > 0 ? `terms ${id} ${seatIds.length}` : null, (signal) =>
    api.reservations.terms(id, { signal }),
  );
  useEffect(() => {
    if (decided) onCancelled();
  }, [decided]);
  const { result, refusal } = cancelling.outcome ?? {};
  const refunded = typeof result?.refunded === 'number' ? result.refunded : null;
  return (
    <div class="stack no-print">
      {refunded !== null && <Notice kind="good" alert title={tickets.cancelled(unit.points(number(refunded)))} />}
      {refusal && <RefusalNotice refusal={refusal} />}
      {terms.data && (
        <div class="row">
          <span class="soft">
            {(terms.data.open ? tickets.until : tickets.untilOver)(dateTime(terms.data.refundUntil, zone))}
          </span>
          {terms.data.open && (
            <Button
              kind="quiet"
              busy={cancelling.pending}
              disabled={cancelling.resting}
              onClick={() => setAsking(true)}
            >
              {cancelling.pending ? tickets.cancelling : tickets.cancel}
            </Button>
          )}
        </div>
      )}
      {asking && terms.data && (
        <CancelDialog
          performanceId={performanceId}
          terms={terms.data}
          resting={cancelling.resting}
          onClose={() => setAsking(false)}
          onCancel={(chosen) => {
            setAsking(false);
            cancelling.run({ kind: 'cancel', reservationId: id, seatIds: chosen });
          }}
        />
      )}
    </div>
  );
}

interface CancelDialogProps {
  performanceId: string;
  terms: CancellationTerms;
  resting: boolean;
  onCancel: (seatIds: string[]) => void;
  onClose: () => void;
}

function CancelDialog({ performanceId, terms, resting, onCancel, onClose }: CancelDialogProps) {
  const { tickets, unit } = messages.value;
  const { number } = format.value;
  const [chosen, setChosen] = useState<readonly string[]>(terms.seats.map(({ id }) => id));
  const back = terms.seats.filter(({ id }) => chosen.includes(id)).reduce((sum, { refund }) => sum + refund, 0);
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const actions = (
    <>
      {/* First, so that it has the focus: Enter once too often changes nothing. */}
      <Button kind="plain" onClick={onClose}>
        {tickets.keepSeats}
      </Button>
      <Button kind="danger" disabled={resting || chosen.length === 0} onClick={() => onCancel([...chosen])}>
        {tickets.doCancel(chosen.length)}
      </Button>
    </>
  );
  return (
    <Dialog title={tickets.cancelSure} onClose={onClose} actions={actions}>
      <ul class="stack cancel-seats">
        {terms.seats.map(({ id, refund, fee }) => (
          <li key={id}>
            <label class="row">
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
              <span>
                <SeatLines performanceId={performanceId} seatIds={[id]} />
                <span class="soft small">
                  {tickets.comesBack(unit.points(number(refund)))}
                  {fee > 0 && `, ${tickets.fee(unit.points(number(fee)))}`}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p>
        <strong class="number">{tickets.total(unit.points(number(back)))}</strong>
      </p>
      <p class="soft">{tickets.final}</p>
    </Dialog>
  );
}
