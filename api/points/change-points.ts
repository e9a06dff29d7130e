import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import { commandRoute } from '../commands/command-route';
import { content } from '../http/endpoint';
import { points } from '../http/schemas';

export const changeResult = content(
  z.strictObject({
    amount: z.int().min(1),
    balance: points,
    settled: z.int().min(1).optional().meta({ description: 'Points of a charge that went into a debt' }),
  }),
  {
    changed: { amount: 5000, balance: 50_000 },
  },
);

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
    description:
      'Adds whole points to your wallet, while `CHARGES` is `open`; else points come from a cashier or a provider.',
    body: body(config),
    result: changeResult,
    refusals: ['BALANCE_LIMIT_EXCEEDED'],
    errors: config.CHARGES === 'open' ? [] : ['CHARGES_CLOSED'],
    prepare({ body: { amount } }) {
      if (config.CHARGES !== 'open') throw chargesClosed(config.CHARGES);
      return { payload: { amount }, gate: null };
    },
  });
}

function chargesClosed(charges: 'service' | 'provider'): Problem {
  const detail =
    charges === 'service' ? 'Points are added by a cashier.' : 'Points are bought: POST /v1/points/top-ups.';
  return new Problem('CHARGES_CLOSED', { detail, extra: { charges } });
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
    result: changeResult,
    refusals: ['POINTS_INSUFFICIENT', 'WALLET_IN_DEBT'],
    errors: [],
    prepare: (call) => ({ payload: call.body, gate: null }),
  });
}
