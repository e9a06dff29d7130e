import { apiOf } from '../../api/api';
import { holdsTaken } from '../holds/my-holds';
import { placeOf, takePlace } from '../line/places';
import type { Intent } from './intent';

/** Sends once (or a few times with the same key) and waits for the outcome. @throws FrontrowError */
export async function send({ command, key, userId }: Intent): Promise<Record<string, unknown>> {
  const api = apiOf(userId);
  const options = { idempotencyKey: key };
  switch (command.kind) {
    case 'charge':
      return api.points.charge(command.amount, options);
    case 'release':
      return api.holds.release(command.holdId, options);
    case 'hold': {
      const queueToken = placeOf(command.concertId)?.token ?? (await takePlace(command.concertId)).token;
      const held = await api.holds.place(command.performanceId, command.seatIds, { ...options, queueToken });
      holdsTaken(userId, command, held);
      return held;
    }
    case 'pay':
      // Without a place it is refused, unless it is a repeat of what was accepted when there was one.
      return api.holds.pay(command.holdId, { ...options, queueToken: placeOf(command.concertId)?.token ?? null });
  }
}
