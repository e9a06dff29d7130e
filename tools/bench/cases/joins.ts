import { benchConcert } from '../targets/target';
import { type Case, demand, each } from './case';

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
