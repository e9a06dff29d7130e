import { type Case, command, demand, each } from './case';

/** A prime, so that people who take turns take turns in every hall. */
const crowd = 509;

/** Every hold takes a seat of its own; nobody gets more than a few of a hall. */
export const distinctHolds: Case = {
  name: 'holds, distinct seats',
  roof: 'command',
  commands: 1,
  async prepare(world, steps) {
    const visitors = await world.visitors(crowd, { join: true });
    const halls = await world.halls(Math.ceil(steps / 1000), 1000);
    // Neighbours in time are far apart in the hall, as in a real rush.
    const seats = Array.from({ length: 1000 }, (_, i) =>
      halls.map(({ performanceId, seatIds }) => ({ performanceId, body: JSON.stringify({ seatIds: [seatIds[i]] }) })),
    ).flat();
    const next = each(seats.map((seat, i) => ({ ...seat, visitor: visitors[i % crowd] })));
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
