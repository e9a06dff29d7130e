import type { HttpConnection } from '../load/connection';
import type { BenchWorld, Visitor } from '../stack/world';
import { type Case, command, demand, each } from './case';

/** The whole booking of a new user: token, seats, hold, charge, pay, poll; each outcome awaited. */
export const flow = booking('token, seats, hold, charge, pay, poll', false, book);

/** What is compared with others: the three commands of a booking by a user who is in already, each outcome awaited. */
export const holdChargePay = booking('hold, charge, pay', true, buy);

type Walk = (connection: HttpConnection, visitor: Visitor, performanceId: string, seatId: string) => Promise<unknown>;

/** @param join whether the users are in before it is measured */
function booking(name: string, join: boolean, walk: Walk): Case {
  return {
    name,
    roof: 'command',
    commands: 3,
    async prepare(world: BenchWorld, steps: number) {
      const visitors = each(await world.visitors(steps, { join }));
      const seats = each(await scattered(world, steps));
      return () => (connection) => {
        const visitor = visitors();
        const seat = seats();
        return visitor && seat ? walk(connection, visitor, ...seat).then(() => {}) : null;
      };
    },
  };
}

/** Seats whose neighbours in time are far apart in the hall, as in a real rush. */
async function scattered(world: BenchWorld, count: number): Promise<(readonly [string, string])[]> {
  const halls = await world.halls(Math.ceil(count / 500), 500);
  return Array.from({ length: 500 }, (_, i) =>
    halls.map(({ performanceId, seatIds }) => [performanceId, seatIds[i] ?? ''] as const),
  ).flat();
}

async function book(
  connection: HttpConnection,
  visitor: Visitor,
  performanceId: string,
  seatId: string,
): Promise<void> {
  const { Authorization } = visitor.headers;
  const joined = await connection.request('POST', '/v1/concerts/concert_bench/queue-token', { Authorization });
  demand(joined, '"active"');
  const active = { ...visitor, headers: { Authorization, 'Queue-Token': JSON.parse(joined.body).token } };
  demand(await connection.request('GET', `/v1/performances/${performanceId}/seats`, { Authorization }), seatId);
  const jobId = await buy(connection, active, performanceId, seatId);
  demand(await connection.request('GET', `/v1/jobs/${jobId}`, { Authorization }), '"done"');
}

/** Answers the payment's job. */
async function buy(
  connection: HttpConnection,
  visitor: Visitor,
  performanceId: string,
  seatId: string,
): Promise<string> {
  const holds = `/v1/performances/${performanceId}/holds`;
  const held = await command(connection, 'POST', holds, visitor, true, JSON.stringify({ seatIds: [seatId] }));
  demand(held, '"done"');
  demand(await command(connection, 'POST', '/v1/points/charges', visitor, true, '{"amount":10}'), '"done"');
  const { holdId } = JSON.parse(held.body).result;
  const paid = await command(connection, 'POST', `/v1/holds/${holdId}/payment`, visitor, true);
  demand(paid, '"done"');
  return JSON.parse(paid.body).id;
}
