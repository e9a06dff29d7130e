import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import { commandRoute } from '../commands/command-route';
import type { Layout } from '../concerts/layouts';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { example, idOf, pathId, points } from '../http/schemas';

const body = z.strictObject({
  section: z.string().min(1).max(80).optional().meta({ description: 'May be left out where there is only one' }),
  seats: z.int().min(1).max(50).meta({ description: 'How many, all or none', example: 2 }),
  maxPrice: points.optional().meta({ description: 'Most points for each seat; without it any price will do' }),
});

const result = z.strictObject({
  standbyId: idOf('standby'),
  position: z.int().min(1).meta({ description: 'Place in the line of the section when you joined' }),
});

export function joinStandbyRoute({ MAX_SEATS_PER_HOLD: max, OFFER_SECONDS: seconds }: Config) {
  return commandRoute({
    kind: 'standby.join',
    method: 'post',
    path: '/v1/performances/{performanceId}/standby',
    tag: 'Standby',
    summary: 'Wait for seats that come back',
    description:
      `Up to ${max} seats of one section. When seats come back, the first in line whose wish fits gets them as a hold of ` +
      `${seconds} seconds, before anybody else sees them free; ${'`GET /v1/standby`'} shows it, and it is paid as any hold, without a queue token. ` +
      'A wish that does not fit keeps its place and is passed by. One place a performance.',
    params: pathId('performanceId', 'perf'),
    body: content(body.meta({ id: 'StandbyRequest' }), { pair: { section: 'A', seats: 2, maxPrice: 2000 } }),
    result: content(result, { joined: { standbyId: example.standby, position: 12 } }),
    refusals: [
      'SEATS_AVAILABLE',
      'STANDBY_EXISTS',
      'SEAT_LIMIT_EXCEEDED',
      'PERFORMANCE_STARTED',
      'PERFORMANCE_CANCELLED',
    ],
    errors: ['PERFORMANCE_NOT_FOUND', 'TOO_MANY_SEATS', 'HOLD_IN_PROGRESS'],
    async prepare({ params: { performanceId }, body: wish }, { layouts }: ApiContext) {
      if (wish.seats > max) throw new Problem('TOO_MANY_SEATS', { detail: `At most ${max} seats in one hold.` });
      const layout = await layouts.get(performanceId, []);
      if (!layout) throw new Problem('PERFORMANCE_NOT_FOUND');
      const section = sectionOf(layout, wish);
      return { payload: { concertId: layout.concertId, performanceId, ...wish, section }, gate: null };
    },
  });
}

/** The section whose line it is. @throws Problem VALIDATION_FAILED when it has not so many seats at that price, or is to be named */
function sectionOf(
  { sections }: Layout,
  { section: named, seats: wished, maxPrice = Infinity }: z.output<typeof body>,
) {
  const names = [...sections.keys()];
  const [section = '', ...others] = named === undefined ? names : [named];
  if (others.length > 0)
    throw invalid([{ path: 'body.section', message: `Name one of ${names.slice(0, 20).join(', ')}` }]);
  const prices = sections.get(section);
  if (!prices) throw invalid([{ path: 'body.section', message: 'Not a section of this performance' }]);
  const fitting = prices.filter((price) => price <= maxPrice).length;
  if (fitting < wished)
    throw invalid([{ path: 'body.seats', message: `Only ${fitting} seats of that section cost no more than that` }]);
  return section;
}
