import { z } from 'zod';
import type { WalletDoc } from '../../shared/points/wallet.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { points } from '../http/schemas';

const debt = z.strictObject({ userId: z.string(), balance: points, debt: z.int().min(1) }).meta({ id: 'Debt' });

export const listDebts = route({
  method: 'get',
  path: '/v1/admin/debts',
  tag: 'Admin',
  summary: 'Wallets that owe points, the largest debt first',
  description:
    'Money went back whose points were used already. Such a wallet takes charges, which settle the debt first, and gives no ' +
    'points until then.',
  auth: ['admin', 'box-office'],
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of debts.',
      content: content(pageOf(debt).meta({ id: 'Debts' }), {
        debts: { items: [{ userId: 'user_5a1f0c3b9d7e2846f0a1', balance: 0, debt: 3000 }], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query: { cursor, limit } }, { models }: ApiContext) {
    const after = decodeCursor(cursor, z.tuple([z.int().min(0), z.string()]));
    const found = await models.wallets
      .find(
        after
          ? { debt: { $gt: 0, $lte: after[0] }, $or: [{ debt: { $lt: after[0] } }, { _id: { $gt: after[1] } }] }
          : { debt: { $gt: 0 } },
      )
      .sort({ debt: -1, _id: 1 })
      .limit(limit + 1)
      .lean<WalletDoc[]>();
    return { status: 200, body: toPage(found, limit, presentDebt, ({ debt: owed = 0, _id }) => [owed, _id]) };
  },
});

function presentDebt({ _id, balance, debt: owed = 0 }: WalletDoc) {
  return { userId: _id, balance, debt: owed };
}
