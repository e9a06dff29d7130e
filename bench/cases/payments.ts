import { sideBySide } from '../load/side-by-side';
import { seatPrice } from '../targets/target';
import { type Case, command, each } from './case';
import { freeSeats } from './seats';

/** Each payment is by another user, whose visit it ends, for a hold placed and with points charged before. */
export const payments: Case = {
  name: 'payment',
  commands: 1,
  baseline: 'direct',
  usesUp: true,
  async prepare(target, steps) {
    const seats = await freeSeats(target, steps);
    const visitors = await target.visitors(seats.length, { join: true });
    const holds = await sideBySide(target.port, visitors, async (connection, visitor, i) => {
      const { path = '', body } = seats[i] ?? {};
      const held = await command(connection, path, visitor, true, body);
      await command(connection, '/v1/points/charges', visitor, true, JSON.stringify({ amount: seatPrice }));
      return { path: `/v1/holds/${JSON.parse(held.body).result.holdId}/payment`, visitor };
    });
    const next = each(holds);
    return (wait) => (connection) => {
      const hold = next();
      return hold && command(connection, hold.path, hold.visitor, wait).then(() => {});
    };
  },
};
