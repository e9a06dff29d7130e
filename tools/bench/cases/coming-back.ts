import type { HttpConnection } from '../load/connection';
import { sideBySide } from '../load/side-by-side';
import { seatPrice, type Target, type Visitor } from '../targets/target';
import { type Case, command, each } from './case';
import { freeSeats, type Place } from './holds';

/** Of what is needed before, so that it does not take longer than what is measured. */
const atOnce = 256;
const seatsOfVisitor = 4;

/** A request that gives something up. */
interface GiveUp {
  path: string;
  visitor: Visitor;
}

/** Holds all seats of as many halls as are needed; each visitor holds four. */
async function holdAll(target: Target, steps: number): Promise<(GiveUp & { place: Place })[]> {
  const seats = await freeSeats(target, steps);
  const visitors = await target.visitors(Math.ceil(seats.length / seatsOfVisitor), { join: true });
  const hold = async (connection: HttpConnection, visitor: Visitor, i: number) => {
    const held = [];
    // One after another: of one user and date one is decided at a time.
    for (let k = i; k < seats.length; k += visitors.length) {
      const place = seats[k] as Place;
      const { body } = await command(connection, place.path, visitor, true, place.body);
      held.push({ path: `/v1/holds/${JSON.parse(body).result.holdId}`, visitor, place });
    }
    return held;
  };
  return (await sideBySide(target.port, visitors, hold, atOnce)).flat();
}

/** Holds given back where nobody waits: what offering is compared with. */
export const releases: Case = {
  name: 'release',
  commands: 1,
  baseline: null,
  usesUp: true,
  async prepare(target, steps) {
    const next = each(await holdAll(target, steps));
    return (wait) => (connection) => {
      const held = next();
      return held && command(connection, held.path, held.visitor, wait, '', 'DELETE').then(() => {});
    };
  },
};

/** Holds given back in sold-out halls where one person waits for each seat: each is offered to the next in line. */
export const offers: Case = {
  name: 'release, offered to the next',
  commands: 1,
  baseline: null,
  usesUp: true,
  async prepare(target, steps) {
    const held = await holdAll(target, steps);
    const people = await target.visitors(held.length, { join: false });
    const wait = async (connection: HttpConnection, visitor: Visitor, i: number) => {
      const { performanceId = '', body = '' } = held[i]?.place ?? {};
      const [seatId = ''] = JSON.parse(body).seatIds as string[];
      const section = seatId.slice(performanceId.length + 1).split('-')[0];
      const wish = JSON.stringify({ section, seats: 1 });
      await command(connection, `/v1/performances/${performanceId}/standby`, visitor, true, wish);
    };
    await sideBySide(target.port, people, wait, atOnce);
    const next = each(held);
    return (outcome) => (connection) => {
      const one = next();
      return one && command(connection, one.path, one.visitor, outcome, '', 'DELETE').then(() => {});
    };
  },
};

/** Reservations of one seat cancelled, where nobody waits. */
export const cancellations: Case = {
  name: 'cancel',
  commands: 1,
  baseline: null,
  usesUp: true,
  async prepare(target, steps) {
    const seats = await freeSeats(target, steps);
    const visitors = await target.visitors(seats.length, { join: true });
    const buy = async (connection: HttpConnection, visitor: Visitor, i: number): Promise<GiveUp> => {
      const { path = '', body } = seats[i] ?? {};
      const held = await command(connection, path, visitor, true, body);
      await command(connection, '/v1/points/charges', visitor, true, JSON.stringify({ amount: seatPrice }));
      const paid = await command(connection, `/v1/holds/${JSON.parse(held.body).result.holdId}/payment`, visitor, true);
      return { path: `/v1/reservations/${JSON.parse(paid.body).result.reservationId}/cancellation`, visitor };
    };
    const next = each(await sideBySide(target.port, visitors, buy, atOnce));
    return (wait) => (connection) => {
      const bought = next();
      return bought && command(connection, bought.path, bought.visitor, wait, '{}').then(() => {});
    };
  },
};
