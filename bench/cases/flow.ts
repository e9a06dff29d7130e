import type { HttpConnection } from '../load/connection';
import type { BenchWorld, Visitor } from '../stack/world';
import { type Case, command, demand, each } from './case';

/** The whole booking of a new user: token, seats, hold, charge, pay, poll; each outcome awaited. */
export const flow: Case = {
  name: 'token, seats, hold, charge, pay, poll',
  roof: 'command',
  commands: 3,
  async prepare(world: BenchWorld, steps: number) {
    const visitors = each(await world.visitors(steps, { join: false }));
    const halls = await world.halls(Math.ceil(steps / 500), 500);
    const seats = each(
      Array.from({ length: 500 }, (_, i) =>
        halls.map(({ performanceId, seatIds }) => [performanceId, seatIds[i] ?? ''] as const),
      ).flat(),
    );
    return () => (connection) => {
      const visitor = visitors();
      const seat = seats();
      return visitor && seat ? book(connection, visitor, ...seat) : null;
    };
  },
};

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
  const holds = `/v1/performances/${performanceId}/holds`;
  const held = await command(connection, 'POST', holds, active, true, JSON.stringify({ seatIds: [seatId] }));
  demand(held, '"done"');
  demand(await command(connection, 'POST', '/v1/points/charges', active, true, '{"amount":10}'), '"done"');
  const paid = await command(
    connection,
    'POST',
    `/v1/holds/${JSON.parse(held.body).result.holdId}/payment`,
    active,
    true,
  );
  demand(paid, '"done"');
  demand(await connection.request('GET', `/v1/jobs/${JSON.parse(paid.body).id}`, { Authorization }), '"done"');
}
