import { derivedId } from '../../shared/platform/ids';
import type { PointEntryDoc } from '../../shared/points/point-entry.model';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import { csvOf } from '../http/csv';
import { fileRoute } from './file-route';
import { snapshotRows } from './snapshot-rows';

const columns = [
  ...(['reservationId', 'userId', 'seq', 'kind', 'amount', 'change', 'balanceAfter'] as const),
  ...(['at', 'jobId', 'paymentId'] as const),
] as const;

export const exportLedger = fileRoute({
  name: 'ledger',
  summary: 'The ledger entries of a date, as a file',
  description:
    'What its reservations took from wallets and gave back, reservation by reservation. The sum of `change`, negated, is what the date ' +
    'has earned.',
  auth: ['admin', 'box-office'],
  columns,
  parts: (context, performanceId) => {
    const { models } = context;
    const find = models.reservations.find({ performanceId }).sort({ _id: -1 });
    return snapshotRows<ReservationDoc>(context, find, async (reservations, look, header) => {
      const ofEntry = new Map(reservations.flatMap(entryIdsOf));
      const found = await look<PointEntryDoc>(models.pointEntries.find({ _id: { $in: [...ofEntry.keys()] } }));
      const entries = new Map(found.map((entry) => [entry._id, entry]));
      const rows = Array.from(ofEntry, ([id, reservationId]) => {
        const entry = entries.get(id);
        return entry ? [rowOf(entry, reservationId)] : [];
      });
      return csvOf(columns, rows.flat(), { header });
    });
  },
});

/** Their ids follow from those of the commands: the one that paid, and those that gave something back. */
function entryIdsOf({ _id, commandId, cancelled = [] }: ReservationDoc): [entryId: string, reservationId: string][] {
  const commandIds = [commandId, ...new Set(cancelled.map((seat) => seat.commandId))];
  return commandIds.map((id) => [derivedId('entry', id), _id]);
}

function rowOf(entry: PointEntryDoc, reservationId: string) {
  const { userId, seq, kind, amount, balanceAfter, at, commandId: jobId, paymentId } = entry;
  const change = kind === 'use' ? -amount : amount;
  return { reservationId, userId, seq, kind, amount, change, balanceAfter, at: at.toISOString(), jobId, paymentId };
}
