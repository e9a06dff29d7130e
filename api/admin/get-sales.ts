import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { concertSales, readSales, salesExample } from './concert-sales';

export const getSales = route({
  method: 'get',
  path: '/v1/admin/concerts/{concertId}/sales',
  tag: 'Admin',
  summary: 'How a concert sells',
  description: 'Seats free, held, sold and blocked now, date by date.',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  params: pathId('concertId', 'concert'),
  responses: { 200: { description: 'The concert.', content: content(concertSales, { sales: salesExample }) } },
  errors: ['CONCERT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params }, context: ApiContext) {
    const concert = await context.models.concerts.findById(params.concertId).lean<ConcertDoc>();
    const [sales] = concert ? await readSales(context, [concert]) : [];
    if (!sales) throw new Problem('CONCERT_NOT_FOUND');
    return { status: 200, body: sales };
  },
});
