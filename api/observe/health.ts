import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';

const ok = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });
const alive = { status: 200, body: { status: 'ok' } } as const;
const responses = { 200: { description: 'Yes.', content: content(ok, { ok: { status: 'ok' } }) } };

export const getLiveness = route({
  method: 'get',
  path: '/livez',
  tag: 'Health',
  summary: 'Is the process alive?',
  description: 'Asks no store: a store that is away is no reason to restart this process.',
  auth: 'none',
  responses,
  errors: [],
  handler: async () => alive,
});

export const getReadiness = route({
  method: 'get',
  path: '/readyz',
  tag: 'Health',
  summary: 'Can it serve requests now?',
  description:
    'Asks MongoDB for its primary and its indexes, and Redis for its `maxmemory-policy`. With 503, `missing` names what ' +
    'is wrong. A process that is about to end is not ready either.',
  auth: 'none',
  responses,
  errors: ['SERVICE_UNAVAILABLE'],
  async handler(_call, { readiness }: ApiContext) {
    const missing = await readiness();
    const names = Object.keys(missing);
    if (names.length === 0) return alive;
    throw new Problem('SERVICE_UNAVAILABLE', { detail: `Not ready: ${names.join(', ')}.`, extra: { missing } });
  },
});
