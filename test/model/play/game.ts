import type { CommandKind } from '../../../shared/commands/catalogue';
import type { CommandRequest } from '../../../shared/commands/new-command';
import { holdMs, maxBalance, maxSeats, offerMs, seats } from '../hall';
import { Mismatch, type ModelState } from '../state';
import { workerCount } from '../steps';
import type { System } from '../system';

/** A request as it was sent: to be sent again. */
interface Sent {
  request: CommandRequest<CommandKind>;
  id: string;
}

/** One sequence under way: the system, the model beside it, and what the clients and workers know. */
export interface Game {
  system: System;
  model: ModelState;
  sent: Sent[];
  /** Holds that clients know of, by the product's id, to what the model calls them. */
  holds: Map<string, string>;
  /** Lanes of clients' commands. */
  laneOf: Map<string, string>;
  /** Lanes of the jobs on their way to workers: a job says no more than that there is something to do. */
  jobs: string[];
  /** What each worker believes to own, in which epoch. */
  believes: Map<string, number>[];
  /** Who really owns a lane, and in which epoch. */
  owners: Map<string, { worker: number; epoch: number }>;
  /** Reservations that a walk over a called-off date has had refunded. */
  refunded: Set<string>;
  /** How often each outcome came up: `payment.pay refused HOLD_EXPIRED` … */
  tally: Map<string, number>;
}

export function newGame(system: System, tally: Map<string, number>): Game {
  const hall = seats.map(({ _id, performanceId, section, price }) => [
    _id,
    { performanceId, section, price, status: 'available' as const, hold: null, block: null },
  ]);
  return {
    system,
    model: {
      ...{ rules: { holdMs, offerMs, maxBalance, maxSeats }, seats: Object.fromEntries(hall) },
      ...{ holds: {}, blocks: {}, wallets: {}, commands: {}, standby: {} },
      performances: Object.fromEntries(
        system.performances.map(({ _id, startsAt, refundUntil, cancellationFee }) => [
          _id,
          {
            startsAt: +startsAt,
            refundUntil: refundUntil ? +refundUntil : null,
            fee: cancellationFee ?? { points: 0 },
            cancelledAt: null,
          },
        ]),
      ),
    },
    ...{ sent: [], holds: new Map(), laneOf: new Map(), jobs: [], owners: new Map(), refunded: new Set(), tally },
    believes: Array.from({ length: workerCount }, () => new Map()),
  };
}

export function demand(holds: boolean, message: () => string): asserts holds {
  if (!holds) throw new Mismatch(message());
}
