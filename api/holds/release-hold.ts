import { z } from 'zod';
import { commandRoute } from '../commands/command-route';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { example, idOf, pathId } from '../http/schemas';

const result = z.strictObject({ holdId: idOf('hold'), seatIds: z.array(idOf('seat')) });

export const releaseHoldRoute = commandRoute({
  kind: 'hold.release',
  method: 'delete',
  path: '/v1/holds/{holdId}',
  tag: 'Temporary Reservation',
  summary: 'Give a hold back early',
  description: 'Its seats are free again at once. Needs no queue token.',
  params: pathId('holdId', 'hold'),
  result: content(result, { released: { holdId: example.hold, seatIds: [example.seat] } }),
  refusals: ['HOLD_ALREADY_PAID', 'HOLD_EXPIRED', 'HOLD_RELEASED'],
  errors: ['HOLD_NOT_FOUND'],
  async prepare({ params, user }, { knownHolds }: ApiContext) {
    const { performanceId, section, seatIds } = await knownHolds.get(params.holdId, user.id);
    return { payload: { holdId: params.holdId, performanceId, section, seatIds }, gate: null };
  },
});
