import { z } from 'zod';
import type { BlockDoc } from '../../shared/blocks/block.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { idOf, pathId } from '../http/schemas';
import {
  blockDetails,
  blockExample,
  blockSummary,
  countBlocked,
  detailsExample,
  presentBlock,
  presentDetails,
} from './block';

export const listBlocks = route({
  method: 'get',
  path: '/v1/admin/performances/{performanceId}/blocks',
  tag: 'Admin',
  summary: 'The blocks of a performance, newest first',
  description: 'Also those that were freed, as long as their jobs are kept.',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  params: pathId('performanceId', 'perf'),
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of blocks.',
      content: content(pageOf(blockSummary).meta({ id: 'Blocks' }), {
        blocks: { items: [blockExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ params: { performanceId }, query }, { models }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.blocks
      .find({ performanceId, ...(after && { _id: { $lt: after[0] } }) })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      // Ids alone would lead through everybody's blocks.
      .hint({ performanceId: 1, _id: -1 })
      .lean<BlockDoc[]>();
    const counts = await countBlocked(
      models,
      found.map(({ _id }) => _id),
    );
    const present = (block: BlockDoc) => presentBlock(block, counts.get(block._id) ?? 0);
    return { status: 200, body: toPage(found, query.limit, present, ({ _id }) => [_id]) };
  },
});

export const getBlock = route({
  method: 'get',
  path: '/v1/admin/performances/{performanceId}/blocks/{blockId}',
  tag: 'Admin',
  summary: 'One block: how far it is, and what it left alone',
  description: 'Exact: what it has is counted in the seats themselves.',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  params: z.strictObject({ performanceId: idOf('perf'), blockId: idOf('block') }),
  responses: { 200: { description: 'The block.', content: content(blockDetails, { block: detailsExample }) } },
  errors: ['BLOCK_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { performanceId, blockId } }, { models }: ApiContext) {
    const block = await models.blocks.findById(blockId).lean<BlockDoc>();
    if (block?.performanceId !== performanceId) throw new Problem('BLOCK_NOT_FOUND');
    return { status: 200, body: await presentDetails(models, block) };
  },
});
