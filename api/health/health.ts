import { z } from 'zod';
import { content } from '../content';
import { route } from '../route';

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
  description: 'Asks MongoDB and Redis.',
  auth: 'none',
  responses,
  errors: ['SERVICE_UNAVAILABLE'],
  async handler(_call, { connection, redis }) {
    await Promise.all([connection.db?.command({ ping: 1 }), redis.ping()]);
    return alive;
  },
});
