import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import { commandRoute } from '../commands/command-route';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { example, idOf, pathId } from '../http/schemas';

const result = z.strictObject({
  standbyId: idOf('standby'),
  holdId: idOf('hold').nullable().meta({ description: 'What was offered, and goes to the next' }),
});

export const leaveStandbyRoute = commandRoute({
  kind: 'standby.leave',
  method: 'delete',
  path: '/v1/standby/{standbyId}',
  tag: 'Standby',
  summary: 'Give up a place on standby, or what was offered',
  description: 'Seats that you were offered go to the next in line.',
  params: pathId('standbyId', 'standby'),
  result: content(result, { left: { standbyId: example.standby, holdId: null } }),
  refusals: ['STANDBY_ENDED'],
  errors: ['STANDBY_NOT_FOUND'],
  async prepare({ params: { standbyId }, user }, { find }: ApiContext) {
    const entry = await find.standbyEntries(standbyId);
    if (entry?.userId !== user.id) throw new Problem('STANDBY_NOT_FOUND');
    const { performanceId, section } = entry;
    return { payload: { standbyId, performanceId, section }, gate: null };
  },
});
