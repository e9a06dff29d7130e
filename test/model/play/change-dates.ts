import type { PayloadOf } from '../../../shared/commands/catalogue';
import type { CommandDoc } from '../../../shared/commands/command.model';
import type { Step } from '../steps';
import { demand, type Game } from './game';

type Move = Extract<Step, { step: 'move' }>;

export async function movePerformance(
  { system, model }: Game,
  { performance, startsMs, untilMs }: Move,
): Promise<void> {
  const [id = ''] = Object.keys(model.performances).slice(performance);
  const now = system.now();
  const refundUntil = untilMs === null ? null : now + untilMs;
  const startsAt = startsMs === null ? (model.performances[id]?.startsAt ?? 0) : now + startsMs;
  Object.assign(model.performances[id] ?? {}, { startsAt, refundUntil });
  await system.changePerformance(id, {
    ...{ startsAt: new Date(startsAt), refundUntil: refundUntil === null ? null : new Date(refundUntil) },
  });
}

/** Nothing of the date can be held or paid from then on. */
export async function callOff({ system, model }: Game, performance: number): Promise<void> {
  const [id] = Object.keys(model.performances).slice(performance);
  const date = model.performances[id ?? ''];
  if (id === undefined || date?.cancelledAt !== null) return;
  date.cancelledAt = system.now();
  await system.callOff(id, new Date(date.cancelledAt));
}

/** @returns how many refunds are new */
export async function giveBack(game: Game, holds: number): Promise<number> {
  let made = 0;
  for (const [id, { cancelledAt }] of Object.entries(game.model.performances)) {
    if (cancelledAt === null) continue;
    for (const command of await game.system.giveBack(id, holds)) {
      learnRefund(game, command);
      made += 1;
    }
  }
  return made;
}

/** @returns how many commands are new */
export async function closeLines({ system, model, laneOf, jobs }: Game): Promise<number> {
  const made = await system.closeLines();
  for (const { _id, userId, payload, acceptedAt, lane } of made) {
    model.commands[_id] = {
      ...{ userId, request: { kind: 'standby.close', ...(payload as PayloadOf<'standby.close'>) } },
      ...{ acceptedAt: acceptedAt.getTime(), status: 'accepted' },
    };
    laneOf.set(_id, lane);
    jobs.push(lane);
  }
  return made.length;
}

/** Refunds of a walk are commands like others; there is one for each reservation. */
function learnRefund(
  { model, holds, laneOf, jobs, refunded }: Game,
  { _id, userId, payload, acceptedAt, lane }: CommandDoc,
) {
  const { reservationId, holdId } = payload as PayloadOf<'reservation.cancel'>;
  demand(!refunded.has(reservationId), () => `${reservationId} has a refund already, and gets ${_id}`);
  refunded.add(reservationId);
  const hold = holds.get(holdId) ?? null;
  model.commands[_id] = {
    ...{ userId, request: { kind: 'reservation.cancel', hold, seatIds: null, stated: 'full' } },
    ...{ acceptedAt: acceptedAt.getTime(), status: 'accepted' },
  };
  laneOf.set(_id, lane);
  jobs.push(lane);
}
