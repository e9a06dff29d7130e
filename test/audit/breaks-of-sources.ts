import type { Break, Breaker } from './breaker';

const eve = 'user_eve';
const cashiers = (db: Breaker) =>
  db.one('commands', ({ payload }) => (payload as { actionId?: string }).actionId !== undefined);

export const i11: Break[] = [
  [
    "a cashier's charge without its action",
    async (db) => {
      const { _id } = cashiers(db);
      await db.set('commands', _id, { payload: { amount: 40, reference: 'Receipt 1', actionId: 'act_none' } });
      return [_id, 'act_none'];
    },
  ],
  [
    'a charge of another amount than its action',
    async (db) => {
      const { _id } = cashiers(db);
      await db.set('commands', _id, { payload: { amount: 41, reference: 'Receipt 1', actionId: 'act_1' } });
      return [_id, 'act_1'];
    },
  ],
  [
    'a charge of a top-up that is not there',
    async (db) => {
      const { _id } = cashiers(db);
      await db.set('commands', _id, { payload: { amount: 40, topUpId: 'topup_none' } });
      return [_id, 'topup_none'];
    },
  ],
];

export const i12: Break[] = [
  [
    'a debt that was waived',
    async (db) => {
      await db.set('wallets', eve, { debt: 1 });
      return [eve];
    },
  ],
  [
    'points that were demanded back, and not taken',
    async (db) => {
      const { _id } = db.one('pointEntries', ({ kind }) => kind === 'reversal');
      await db.remove('pointEntries', _id);
      return [eve];
    },
  ],
  [
    'a debt of somebody who owes nothing',
    async (db) => {
      await db.set('wallets', 'user_ann', { debt: 7 });
      return ['user_ann'];
    },
  ],
];
