import { isFree, releaseOverdue } from './seats';
import { free } from './standby';
import { deferred, done, type ModelRequest, type ModelState, type Moment, type Prediction, refused } from './state';

type BlockRequest = Extract<ModelRequest, { kind: 'seat.block' | 'seat.unblock' }>;
type IssueRequest = Extract<ModelRequest, { kind: 'hold.place' | 'reservation.issue' }>;

const dateOf = (state: ModelState, seatId = '') => state.performances[state.seats[seatId]?.performanceId ?? ''];

/** Only what is free is blocked, and nothing by a block that was freed. */
export function block(state: ModelState, { block: id, seatIds }: BlockRequest, moment: Moment): Prediction {
  if (state.blocks[id]?.freed) return { status: 'skipped' };
  if (dateOf(state, seatIds[0])?.cancelledAt !== null) return refused('PERFORMANCE_CANCELLED');
  const taken = seatIds.filter((seatId) => isFree(state, seatId, moment));
  const left = seatIds
    .filter((seatId) => !taken.includes(seatId))
    .map((seatId) => ({ seatId, status: state.seats[seatId]?.status }));
  releaseOverdue(state, taken, moment);
  for (const seatId of taken) Object.assign(state.seats[seatId] ?? {}, { status: 'blocked', hold: null, block: id });
  return done({ blockId: id, seatIds: taken, left });
}

/** What the block has still is for whoever waits, or on sale again. */
export function unblock(state: ModelState, { block: id, seatIds }: BlockRequest, moment: Moment): Prediction {
  const blocked = seatIds.filter((seatId) => state.seats[seatId]?.block === id);
  const freed = free(state, seatIds, moment, (after) => {
    for (const seatId of blocked) Object.assign(after.seats[seatId] ?? {}, { status: 'available', block: null });
  });
  return freed ? done({ blockId: id, seatIds: blocked }) : deferred;
}

/** All or none, free or blocked; nobody pays. */
export function issue(
  state: ModelState,
  command: string,
  userId: string,
  { performanceId, seatIds }: IssueRequest,
  moment: Moment,
): Prediction {
  if (seatIds.some((seatId) => state.seats[seatId]?.performanceId !== performanceId)) return refused('SEAT_NOT_FOUND');
  if (dateOf(state, seatIds[0])?.cancelledAt !== null) return refused('PERFORMANCE_CANCELLED');
  const taken = seatIds.filter((id) => state.seats[id]?.status !== 'blocked' && !isFree(state, id, moment));
  if (taken.length > 0) return refused('SEAT_TAKEN', { seatIds: taken });
  releaseOverdue(state, seatIds, moment);
  for (const seatId of seatIds)
    Object.assign(state.seats[seatId] ?? {}, { status: 'sold', hold: command, block: null });
  state.holds[command] = {
    ...{ userId, seatIds, amount: 0, end: moment.now, status: 'paid', endedAt: moment.now },
    ...{ paidBy: command, cancelled: [], complimentary: true },
  };
  return done({ seatIds, amount: 0 });
}
