import { z } from 'zod';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { points } from '../http/schemas';

const balance = z.strictObject({ balance: points }).meta({ id: 'Balance' });

export const getBalance = route({
  method: 'get',
  path: '/v1/points',
  tag: 'Point',
  summary: 'Your balance',
  description: 'Whole points. Zero for a user who never charged any.',
  auth: 'user',
  responses: { 200: { description: 'The balance.', content: content(balance, { balance: { balance: 48_500 } }) } },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user }, { find }: ApiContext) {
    const wallet = await find.wallets(user.id);
    return { status: 200, body: { balance: wallet?.balance ?? 0 } };
  },
});
