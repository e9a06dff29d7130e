import type { CommandDoc } from '../../../shared/commands/command.model';
import { lineId } from '../../../shared/standby/standby.model';
import type { Claim, SeatOwnership, SeenCancelled, SeenSale, SeenStandby } from '../../../workers/audit/documents';
import { compareKeys, type Stream } from '../../../workers/audit/head';
import type { AuditReader, SeenBlock, SeenGiven, SeenTakenBack } from '../../../workers/audit/reader';
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
    standbyEntries: () => byId(data.standbyEntries),
    standbyByLine: () =>
      sorted(standbyOf(data), ({ line, number }) => `${line}\u0000${String(number).padStart(9, '0')}`),
    standbyLines: () => byId(data.standbyLines),
    freeBesideLines: () => sorted(freeOf(data), ({ line }) => line),
    paymentsByHold: () => sorted(data.payments, ({ holdId }) => holdId),
    leavesByHold: () =>
      sorted(
        data.commands.filter(({ kind, result }) => kind === 'standby.leave' && result?.holdId),
        ({ result }) => String(result?.holdId),
      ),
    releasesByHold: () => commands('hold.release', 'done'),
    waitingPaysByHold: () => commands('payment.pay', 'accepted'),
    claims: () => sorted(claimsOfHolds(data), ({ seatId }) => seatId),
    ownerships: () => sorted(ownershipsOf(data), ({ seatId }) => seatId),
    cancelledSeats: () => sorted(cancelledSeatsOf(data), ({ commandId }) => commandId),
    salesWithRefunds: () => sorted(salesOf(data), ({ paymentId }) => paymentId),
    refunds: () =>
      sorted(
        data.pointEntries.filter(({ kind }) => kind === 'refund'),
        ({ paymentId }) => paymentId ?? '',
      ),
    takenSeats: () => byId(data.seats.filter(({ status, holdId }) => status !== 'available' || holdId !== null)),
    // No charge of a sequence has a source.
    sources: () => sorted([], () => ''),
    chargedTopUps: () => sorted([], () => ''),
    takenBack: () => sorted(takenBackOf(data), ({ _id }) => _id),
    blocks: () => sorted(blocksOfSeats(data), ({ _id }) => _id),
    given: () => sorted(givenAway(data), ({ _id }) => _id),
    retriedSince: async () => [],
    horizon: async () => ({ commandsBefore: new Date(0), holdsBefore: new Date(0) }),
    callOffs: async () => data.callOffs,
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
  return holds.flatMap(({ _id, status, seatIds, cancelledSeatIds = [] }) =>
    status === 'held' || status === 'paid'
      ? seatIds
          .filter((seatId) => !cancelledSeatIds.includes(seatId))
          .map((seatId) => ({ seatId, claimant: _id, holdId: _id, status }))
      : [],
  );
}

function ownershipsOf({ reservations }: Data): SeatOwnership[] {
  return reservations.flatMap(({ _id, holdId, seatIds, cancelled = [], reservedAt }) => {
    const sale = { claimant: _id, holdId, status: 'reserved' as const, from: reservedAt };
    return [
      ...seatIds.map((seatId) => ({ ...sale, seatId, until: null })),
      ...cancelled.map(({ seatId, at }) => ({ ...sale, seatId, until: at })),
    ];
  });
}

function cancelledSeatsOf({ reservations }: Data): SeenCancelled[] {
  return reservations.flatMap(({ _id, cancelled = [] }) => cancelled.map((seat) => ({ ...seat, reservationId: _id })));
}

function salesOf({ reservations, seats }: Data): SeenSale[] {
  const priceOf = (seatId: string) => seats.find(({ _id }) => _id === seatId)?.price ?? 0;
  return reservations.flatMap(({ _id, userId, paymentId, amount, cancelled = [], seatIds }) => {
    if (cancelled.length === 0 || paymentId === null) return [];
    const ownedPrice = seatIds.reduce((sum, seatId) => sum + priceOf(seatId), 0);
    return { _id, userId, paymentId, amount, cancelled, ownedPrice };
  });
}

function blocksOfSeats({ seats, blocks }: Data): SeenBlock[] {
  const ids = new Set(seats.flatMap(({ blockId }) => blockId ?? []));
  return Array.from(ids, (_id) => {
    const those = seats.filter(({ blockId }) => blockId === _id);
    return {
      ...{ _id, seats: those.length, sections: [...new Set(those.map(({ section }) => section))] },
      performanceIds: [...new Set(those.map(({ performanceId }) => performanceId))],
      block: blocks.filter((block) => block._id === _id),
    };
  });
}

function givenAway({ reservations, adminActions }: Data): SeenGiven[] {
  return reservations.flatMap(({ complimentary, ...reservation }) => {
    if (!complimentary) return [];
    return { ...reservation, complimentary, action: adminActions.filter(({ _id }) => _id === complimentary.actionId) };
  });
}

function standbyOf({ standbyEntries, holds, seats }: Data): SeenStandby[] {
  return standbyEntries.map((entry) => {
    const hold = holds.find(({ _id }) => _id === entry.holdId);
    const offered = seats.filter(({ _id }) => hold?.seatIds.includes(_id));
    return {
      ...{ ...entry, line: lineId(entry) },
      dearest: hold ? Math.max(...offered.map(({ price }) => price)) : null,
    };
  });
}

function freeOf({ standbyLines, seats }: Data) {
  const waiting = new Set(standbyLines.flatMap(({ _id, waiting: count }) => (count > 0 ? [_id] : [])));
  const free = seats.filter((seat) => seat.status === 'available' && waiting.has(lineId(seat)));
  return free.map((seat) => ({ line: lineId(seat), price: seat.price }));
}
