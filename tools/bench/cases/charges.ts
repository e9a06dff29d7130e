import type { HttpConnection } from '../load/connection';
import { sideBySide } from '../load/side-by-side';
import { benchConcert, seatPrice, type Visitor } from '../targets/target';
import { type Case, command, demand, each } from './case';
import { freeSeats } from './holds';

const crowd = 512;

export const charges: Case = {
  name: 'charge',
  commands: 1,
  baseline: 'direct',
  usesUp: false,
  async prepare(target) {
    const visitors = await target.visitors(crowd, { join: false });
    return (wait) => (connection, client) => {
      const visitor = visitors[client % crowd];
      if (!visitor) return null;
      return command(connection, '/v1/points/charges', visitor, wait, '{"amount":1}').then(() => {});
    };
  },
};

const polls = 5;
const path = `/v1/concerts/${benchConcert}/queue-token`;

/** A new user takes a place in line, is let in at once, and asks five times how it stands. */
export const joins: Case = {
  name: 'join, five polls',
  commands: 0,
  baseline: null,
  usesUp: true,
  async prepare(target, steps) {
    const visitors = each(await target.visitors(steps, { join: false }));
    return () => (connection) => {
      const visitor = visitors();
      return visitor && walk(visitor.headers);

      async function walk(headers: Record<string, string>): Promise<void> {
        const joined = await connection.request('POST', path, headers);
        demand(joined, '"status":"active"');
        const mine = { ...headers, 'Queue-Token': JSON.parse(joined.body).token };
        for (let i = 0; i < polls; i += 1) {
          const answer = await connection.request('GET', path, mine);
          // Somebody who waits is asked to come back later; that is an answer, too.
          if (answer.status !== 429 || !answer.body.includes('QUEUE_POLL_TOO_EARLY'))
            demand(answer, '"status":"active"');
        }
      }
    };
  },
};

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
