import type { HttpConnection } from '../load/connection';
import { seatPrice, type Visitor } from '../targets/target';
import { type Case, command, each, type Laps } from './case';
import { freeSeats, type Place } from './holds';

/** Hold, charge, pay: a booking by a new user who is let in already, each outcome awaited. */
export const flow: Case = {
  name: 'flow',
  commands: 3,
  baseline: 'direct',
  usesUp: true,
  async prepare(target, steps) {
    const seats = await freeSeats(target, steps);
    const visitors = each(await target.visitors(seats.length, { join: true }));
    const places = each(seats);
    return (_wait, laps) => (connection) => {
      const [visitor, place] = [visitors(), places()];
      return visitor && place && book(connection, visitor, place, laps);
    };
  },
};

async function book(connection: HttpConnection, visitor: Visitor, { path, body }: Place, laps?: Laps): Promise<void> {
  const begun = performance.now();
  const held = await command(connection, path, visitor, true, body);
  const heldAt = performance.now();
  await command(connection, '/v1/points/charges', visitor, true, `{"amount":${seatPrice}}`);
  const chargedAt = performance.now();
  const { holdId } = JSON.parse(held.body).result;
  await command(connection, `/v1/holds/${holdId}/payment`, visitor, true);
  if (!laps) return;
  note(laps, 'hold', heldAt - begun);
  note(laps, 'charge', chargedAt - heldAt);
  note(laps, 'pay', performance.now() - chargedAt);
}

function note(laps: Laps, part: string, ms: number): void {
  laps[part] ??= [];
  laps[part].push(ms);
}
