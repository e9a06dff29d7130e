import { z } from 'zod';
import { allLanes } from '../../shared/commands/lane-of';
import type { FenceDoc, LaneDoc } from '../../shared/lanes/lane.model';
import type { Models } from '../../shared/models';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';

const lane = z
  .strictObject({
    lane: z.string().meta({ example: 'reservation-03' }),
    owner: z.string().nullable().meta({ description: 'The worker that carries it out; null: none' }),
    unfinished: z.int().min(0).meta({ description: '`due` and `later` together' }),
    due: z.int().min(0).meta({ description: 'Commands to be carried out now' }),
    later: z.int().min(0).meta({ description: 'Commands for a later time: ends of holds' }),
    oldestSeconds: z
      .number()
      .min(0)
      .nullable()
      .meta({ description: 'How long the oldest due command has been due; null: none is' }),
    carriedOut: z.int().min(0).meta({ description: 'Commands that it has ever carried out: two readings make a rate' }),
  })
  .meta({ id: 'LaneNumbers' });

export const listLanes = route({
  method: 'get',
  path: '/v1/admin/lanes',
  tag: 'Admin',
  summary: 'Unfinished commands of every lane',
  description: 'Counted in MongoDB, which is the truth; queues only carry. A lane that falls behind shows here first.',
  auth: ['admin', 'operator', 'viewer'],
  responses: {
    200: {
      description: 'All lanes.',
      content: content(z.strictObject({ items: z.array(lane) }).meta({ id: 'Lanes' }), {
        lanes: {
          items: [
            {
              lane: 'reservation-00',
              owner: 'worker_01k9yf0d7c',
              ...{ unfinished: 1204, due: 4, later: 1200, oldestSeconds: 0.012, carriedOut: 81_402 },
            },
            {
              lane: 'wallet-00',
              owner: 'worker_01k9yf0d7c',
              ...{ unfinished: 0, due: 0, later: 0, oldestSeconds: null, carriedOut: 79_310 },
            },
          ],
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler(_call, { models, clock, config }: ApiContext) {
    const now = clock.now();
    const [counted, owners, fences] = await Promise.all([
      countUnfinished(models, new Date(now)),
      readOwners(models),
      readFences(models),
    ]);
    const names = [...new Set([...allLanes(config), ...counted.keys()])];
    const items = names.map((name) => {
      const { due = 0, later = 0, oldest = null } = counted.get(name) ?? {};
      const oldestSeconds = oldest && due > 0 ? (now - oldest.getTime()) / 1000 : null;
      const { position: carriedOut = 0, epoch = null } = fences.get(name) ?? {};
      const leased = owners.get(name);
      const owner = leased?.epoch === epoch ? (leased?.owner ?? null) : null;
      return { lane: name, owner, unfinished: due + later, due, later, oldestSeconds, carriedOut };
    });
    return { status: 200, body: { items } };
  },
});

interface Unfinished {
  _id: string;
  due: number;
  later: number;
  oldest: Date;
}

/** One pass over the index of unfinished commands, so its cost grows with live holds, not with history. */
async function countUnfinished(models: Models, now: Date): Promise<Map<string, Unfinished>> {
  const isDue = { $lte: ['$dueAt', now] };
  const counted = await models.commands
    .aggregate<Unfinished>([
      { $match: { status: 'accepted' } },
      {
        $group: {
          _id: '$lane',
          due: { $sum: { $cond: [isDue, 1, 0] } },
          later: { $sum: { $cond: [isDue, 0, 1] } },
          oldest: { $min: '$dueAt' },
        },
      },
    ])
    .hint({ lane: 1, dueAt: 1, _id: 1 });
  return new Map(counted.map((one) => [one._id, one]));
}

/** Lanes with a lease that has not ended, on the database's clock. */
async function readOwners(models: Models): Promise<Map<string, LaneDoc>> {
  const owned = await models.lanes
    .find({ owner: { $ne: null }, $expr: { $gt: ['$leaseUntil', '$$NOW'] } })
    .lean<LaneDoc[]>();
  return new Map(owned.map((one) => [one._id, one]));
}

/** Where the history of each lane goes on, and which epoch may write it: an owner with another one can't commit yet. */
async function readFences(models: Models): Promise<Map<string, FenceDoc>> {
  const fences = await models.fences.find({}, { position: 1, epoch: 1 }).lean<FenceDoc[]>();
  return new Map(fences.map((one) => [one._id, one]));
}
