import { isDeepStrictEqual } from 'node:util';
import { lineId } from '../../../shared/standby/standby.model';
import { Mismatch, type ModelState } from '../state';
import type { Data } from '../system';
import type { Game } from './game';

type Rows = Record<string, unknown>;

/** Compares everything in the database with the model. */
export function compareData({ model }: Game, data: Data): void {
  const keyOf = new Map(data.holds.map(({ _id, commandId }) => [_id, commandId]));
  const actual = ofDatabase(data, (holdId) => (holdId === null ? null : (keyOf.get(holdId) ?? holdId)));
  const expected = ofModel(model);
  for (const name of Object.keys(expected) as (keyof typeof expected)[])
    compareRows(name, actual[name], expected[name]);
}

function compareRows(name: string, actual: Rows, expected: Rows): void {
  for (const id of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
    if (isDeepStrictEqual(actual[id], expected[id])) continue;
    const [is, must] = [JSON.stringify(actual[id]), JSON.stringify(expected[id])];
    throw new Mismatch(`${name} ${id}: in the database ${is}, but must be ${must}`);
  }
}

function ofDatabase(data: Data, keyOf: (holdId: string | null) => string | null) {
  const users = [...new Set(data.pointEntries.map(({ userId }) => userId))];
  return {
    seats: rows(data.seats, ({ _id, status, holdId, blockId = null }) => [
      _id,
      { status, hold: keyOf(holdId), block: blockId },
    ]),
    holds: rows(data.holds, (hold) => [
      hold.commandId,
      {
        ...{ userId: hold.userId, seatIds: hold.seatIds, amount: hold.amount, status: hold.status },
        ...{ end: +hold.expiresAt, endedAt: hold.endedAt === null ? null : +hold.endedAt },
        paid: hold.reservationId !== null,
        cancelled: hold.cancelledSeatIds ?? [],
        complimentary: hold.complimentary ?? false,
      },
    ]),
    wallets: rows(data.wallets, ({ _id, balance, seq, debt = 0 }) => [_id, { balance, entries: seq, debt }]),
    ledgers: rows(users, (user) => [
      user,
      data.pointEntries
        .filter(({ userId }) => userId === user)
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ kind, amount, balanceAfter, commandId }) => ({ kind, amount, balanceAfter, command: commandId })),
    ]),
    payments: rows(data.payments, ({ commandId, userId, amount, holdId }) => [
      commandId,
      { userId, amount, hold: keyOf(holdId) },
    ]),
    reservations: rows(data.reservations, ({ commandId, userId, amount, holdId, seatIds, cancelled = [] }) => [
      commandId,
      {
        ...{ userId, amount, hold: keyOf(holdId), seatIds },
        cancelled: cancelled.map(({ seatId, refunded, fee, commandId: command }) => ({
          seatId,
          refunded,
          fee,
          command,
        })),
      },
    ]),
    standby: rows(data.standbyEntries, (entry) => [
      entry.commandId,
      {
        ...{ userId: entry.userId, line: lineId(entry), number: entry.number, seats: entry.seats },
        ...{ maxPrice: entry.maxPrice, status: entry.status, hold: keyOf(entry.holdId) },
      },
    ]),
    commands: rows(data.commands, ({ _id, status }) => [_id, status]),
  };
}

function ofModel({ seats, holds, wallets, commands, standby }: ModelState): ReturnType<typeof ofDatabase> {
  const used = Object.entries(wallets).filter(([, { ledger, debt }]) => ledger.length > 0 || debt !== undefined);
  const sold = Object.entries(holds).filter(([, { paidBy }]) => paidBy !== null);
  return {
    seats: rows(Object.entries(seats), ([id, { status, hold, block }]) => [id, { status, hold, block }]),
    holds: rows(Object.entries(holds), ([id, { paidBy, cancelled, ...hold }]) => [
      id,
      { ...hold, paid: paidBy !== null, cancelled: cancelled.map(({ seatId }) => seatId) },
    ]),
    wallets: rows(used, ([id, { balance, ledger, debt = 0 }]) => [id, { balance, entries: ledger.length, debt }]),
    ledgers: rows(
      used.filter(([, { ledger }]) => ledger.length > 0),
      ([id, { ledger }]) => [id, ledger],
    ),
    payments: rows(
      sold.filter(([, { complimentary }]) => !complimentary),
      ([hold, { paidBy, userId, amount }]) => [paidBy ?? '', { userId, amount, hold }],
    ),
    reservations: rows(sold, ([hold, { paidBy, userId, amount, seatIds, cancelled }]) => [
      paidBy ?? '',
      {
        userId,
        amount,
        hold,
        seatIds: seatIds.filter((id) => !cancelled.some(({ seatId }) => seatId === id)),
        cancelled,
      },
    ]),
    standby: rows(Object.entries(standby), ([id, { userId, line, ...entry }]) => {
      const inLine = Object.keys(standby).filter((other) => standby[other]?.line === line);
      const hold = id in holds ? id : null;
      return [id, { userId, line, number: inLine.indexOf(id) + 1, ...entry, hold }];
    }),
    commands: rows(Object.entries(commands), ([id, { status }]) => [id, status]),
  };
}

function rows<T>(docs: readonly T[], row: (doc: T) => [string, unknown]): Rows {
  return Object.fromEntries(docs.map(row));
}
