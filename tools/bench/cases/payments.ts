import type { HttpConnection } from '../load/connection';
import { sideBySide } from '../load/side-by-side';
import { seatPrice, type Visitor } from '../targets/target';
import { type Case, command, each } from './case';
import { freeSeats } from './seats';

/** Of what is needed before, so that it does not take longer than what is measured. */
const atOnce = 256;

/** Each payment is by another user, whose visit it ends, for a hold placed and with points charged before. */
export const payments: Case = {
  name: 'payment',
  commands: 1,
  baseline: 'direct',
  usesUp: true,
  async prepare(target, steps) {
    const seats = await freeSeats(target, steps);
    const visitors = await target.visitors(seats.length, { join: true });
    const hold = async (connection: HttpConnection, visitor: Visitor, i: number) => {
      const { path = '', body } = seats[i] ?? {};
      const held = await command(connection, path, visitor, true, body);
      await command(connection, '/v1/points/charges', visitor, true, JSON.stringify({ amount: seatPrice }));
      return { path: `/v1/holds/${JSON.parse(held.body).result.holdId}/payment`, visitor };
    };
    const next = each(await sideBySide(target.port, visitors, hold, atOnce));
    return (wait) => (connection) => {
      const held = next();
      return held && command(connection, held.path, held.visitor, wait).then(() => {});
    };
  },
};
