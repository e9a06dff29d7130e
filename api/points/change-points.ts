import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import { commandRoute } from '../commands/command-route';
import { content } from '../http/endpoint';
import { points } from '../http/schemas';

const result = content(z.strictObject({ amount: z.int().min(1), balance: points }), {
  changed: { amount: 5000, balance: 50_000 },
});

function body(config: Config) {
  const amount = z.int().min(1).max(config.MAX_POINTS_PER_CHANGE);
  return content(z.strictObject({ amount }).meta({ id: 'PointChange' }), { some: { amount: 5000 } });
}

export function chargePointsRoute(config: Config) {
  return commandRoute({
    kind: 'points.charge',
    method: 'post',
    path: '/v1/points/charges',
    tag: 'Point',
    summary: 'Charge points',
    description: 'Adds whole points to your wallet.',
    body: body(config),
    result,
    refusals: ['BALANCE_LIMIT_EXCEEDED'],
    errors: [],
    prepare: (call) => ({ payload: call.body, gate: null }),
  });
}

export function usePointsRoute(config: Config) {
  return commandRoute({
    kind: 'points.use',
    method: 'post',
    path: '/v1/points/uses',
    tag: 'Point',
    summary: 'Use points',
    description: 'Takes whole points from your wallet, which never goes below zero.',
    body: body(config),
    result,
    refusals: ['POINTS_INSUFFICIENT'],
    errors: [],
    prepare: (call) => ({ payload: call.body, gate: null }),
  });
}
