import type { CommandDoc } from '../../../shared/commands/command.model';
import type { Claim } from '../../../workers/audit/documents';
import { compareKeys, type Stream } from '../../../workers/audit/head';
import type { AuditReader, SeenTakenBack } from '../../../workers/audit/reader';
import type { Data } from '../system';

/** What an audit reads, from arrays. */
export function memoryReader(data: Data, now: Date): AuditReader {
  const payload = ({ payload }: CommandDoc) => (payload as { holdId?: string }).holdId ?? '';
  const byId = <T extends { _id: string }>(docs: readonly T[]) => sorted(docs, ({ _id }) => _id);
  const commands = (kind: string, status: string) =>
    sorted(
      data.commands.filter((command) => command.kind === kind && command.status === status),
      payload,
    );
  return {
    now,
    wallets: () => byId(data.wallets),
    ledger: () => sorted(data.pointEntries, ({ userId, seq }) => `${userId}\u0000${String(seq).padStart(9, '0')}`),
    commands: (prefix) => byId(data.commands.filter(({ _id }) => _id.startsWith(`${prefix}_`))),
    holds: () => byId(data.holds),
    payments: () => byId(data.payments),
    reservations: () => byId(data.reservations),
    entries: (prefix) => byId(data.pointEntries.filter(({ _id }) => _id.startsWith(`${prefix}_`))),
    paymentsByHold: () => sorted(data.payments, ({ holdId }) => holdId),
    releasesByHold: () => commands('hold.release', 'done'),
    waitingPaysByHold: () => commands('payment.pay', 'accepted'),
    claims: (of) => sorted(of === 'holds' ? claimsOfHolds(data) : claimsOfReservations(data), ({ seatId }) => seatId),
    takenSeats: () => byId(data.seats.filter(({ status, holdId }) => status !== 'available' || holdId !== null)),
    // No charge of a sequence has a source.
    sources: () => sorted([], () => ''),
    chargedTopUps: () => sorted([], () => ''),
    takenBack: () => sorted(takenBackOf(data), ({ _id }) => _id),
    retriedSince: async () => [],
    horizon: async () => ({ commandsBefore: new Date(0), holdsBefore: new Date(0) }),
    strayIds: () => sorted([], () => ''),
  };
}

async function* sorted<T>(docs: readonly T[], keyOf: (doc: T) => string): Stream<T> {
  yield docs.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b)));
}

function takenBackOf({ commands, pointEntries, wallets }: Data): SeenTakenBack[] {
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  return wallets.map(({ _id, debt = 0 }) => ({
    ...{ _id, debt },
    demanded: sum(
      commands
        .filter(({ kind, status, userId }) => kind === 'points.reverse' && status === 'done' && userId === _id)
        .map(({ payload }) => (payload as { amount: number }).amount),
    ),
    taken: sum(
      pointEntries.filter(({ kind, userId }) => kind === 'reversal' && userId === _id).map(({ amount }) => amount),
    ),
  }));
}

function claimsOfHolds({ holds }: Data): Claim[] {
  return holds.flatMap(({ _id, status, seatIds }) =>
    status === 'held' || status === 'paid'
      ? seatIds.map((seatId) => ({ seatId, claimant: _id, holdId: _id, status }))
      : [],
  );
}

function claimsOfReservations({ reservations }: Data): Claim[] {
  return reservations.flatMap(({ _id, holdId, seatIds }) =>
    seatIds.map((seatId) => ({ seatId, claimant: _id, holdId, status: 'reserved' as const })),
  );
}
