import { z } from 'zod';
import type { StandbyLineDoc } from '../../shared/standby/standby.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';

const count = z.int().min(0);
const line = z
  .strictObject({
    section: z.string(),
    waiting: count,
    offered: count.meta({ description: 'Who can pay for what they were offered now' }),
    joined: count.meta({ description: 'All who ever joined' }),
  })
  .meta({ id: 'StandbyLine' });

export const listStandbyLines = route({
  method: 'get',
  path: '/v1/admin/performances/{performanceId}/standby',
  tag: 'Admin',
  summary: 'Who waits for seats of a date, section by section',
  description: 'The lines that somebody ever joined, by the names of their sections.',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  params: pathId('performanceId', 'perf'),
  responses: {
    200: {
      description: 'The lines.',
      content: content(z.strictObject({ items: z.array(line) }).meta({ id: 'StandbyLines' }), {
        soldOut: { items: [{ section: 'A', waiting: 40, offered: 2, joined: 61 }] },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ params: { performanceId } }, { models }: ApiContext) {
    // Ids begin with that of the performance, which has no slash.
    const ofPerformance = { $gte: `${performanceId}/`, $lt: `${performanceId}0` };
    const lines = await models.standbyLines.find({ _id: ofPerformance }).sort({ _id: 1 }).lean<StandbyLineDoc[]>();
    const sections = lines.map(({ section }) => section);
    const offers = await models.standbyEntries
      .find({ performanceId, section: { $in: sections }, status: 'offered' }, { section: 1 })
      .lean();
    return {
      status: 200,
      body: {
        items: lines.map(({ section, waiting, joined }) => {
          return { section, waiting, offered: offers.filter((one) => one.section === section).length, joined };
        }),
      },
    };
  },
});
