import { type Case, command, demand, each } from './case';

const crowd = 512;

/** Every hold takes a seat of its own; each visitor holds four of one hall, one after the other. */
export const distinctHolds: Case = {
  name: 'holds, distinct seats',
  roof: 'command',
  commands: 1,
  async prepare(world, steps) {
    const halls = await world.halls(Math.ceil(steps / 1000), 1000);
    const visitors = await world.visitors(halls.length * 250, { join: true });
    // Neighbours in time are far apart in the hall, as in a real rush.
    const seats = Array.from({ length: 1000 }, (_, i) =>
      halls.map(({ performanceId, seatIds }) => ({ performanceId, body: JSON.stringify({ seatIds: [seatIds[i]] }) })),
    ).flat();
    const next = each(seats.map((seat, i) => ({ ...seat, visitor: visitors[i % visitors.length] })));
    return (wait) => (connection) => {
      const { performanceId, body, visitor } = next() ?? {};
      if (!visitor) return null;
      const path = `/v1/performances/${performanceId}/holds`;
      return command(connection, 'POST', path, visitor, wait, body).then(
        (answer) => wait && demand(answer, '"done"'),
      ) as Promise<void>;
    };
  },
};

/** Everybody wants one of ten seats. */
export const hotHolds: Case = {
  name: 'holds, ten hot seats',
  roof: 'command',
  commands: 1,
  async prepare(world) {
    const visitors = await world.visitors(crowd, { join: true });
    const [hall] = await world.halls(1, 10);
    return (wait) => (connection, client) => {
      const visitor = visitors[client % crowd];
      if (!hall || !visitor) return null;
      const body = JSON.stringify({ seatIds: [hall.seatIds[Math.floor(Math.random() * hall.seatIds.length)]] });
      return command(connection, 'POST', `/v1/performances/${hall.performanceId}/holds`, visitor, wait, body).then(
        () => {},
      );
    };
  },
};
