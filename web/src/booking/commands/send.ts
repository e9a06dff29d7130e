import { apiOf } from '../../api/api';
import { storeHold } from '../holds/my-holds';
import { joinQueue, tokenOf } from '../waiting-room/queue-tokens';
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
      const queueToken = tokenOf(command.concertId)?.token ?? (await joinQueue(command.concertId)).token;
      const held = await api.holds.place(command.performanceId, command.seatIds, { ...options, queueToken });
      storeHold(userId, command, held);
      return held;
    }
    case 'pay':
      // Without a place it is refused, unless it is a repeat of what was accepted when there was one.
      return api.holds.pay(command.holdId, { ...options, queueToken: tokenOf(command.concertId)?.token ?? null });
  }
}
