import { newCommand } from '../shared/commands/new-command';
import { native } from '../shared/models';
import { derivedId } from '../shared/platform/ids';
import { distinctHolds } from './cases/holds';
import { type CpuCost, runCase } from './run-case';
import { startStack } from './stack/processes';
import { benchSettings } from './stack/settings';
import type { BenchStores } from './stack/stores';
import { type BenchWorld, openWorld } from './stack/world';

export interface Growth {
  stored: number;
  perSecond: number;
  cpu: CpuCost;
}

/** What a hold costs with a thousand, a hundred thousand and a million finished commands and reservations stored. */
export async function growth(stores: BenchStores, seconds: number): Promise<Growth[]> {
  const uri = stores.mongod.uri.replace('/frontrow?', '/bench_growth?');
  const settings = { ...benchSettings(uri, stores.redis.uri), QUEUE_PREFIX: 'bench_growth' };
  const stack = await startStack(settings);
  const world = await openWorld(settings);
  const grown: Growth[] = [];
  let stored = 0;
  for (const size of [1000, 100_000, 1_000_000]) {
    console.error(`  growth: ${size} stored`);
    await fill(world, size - stored);
    stored = size;
    const run = {
      stack,
      stores,
      world,
      variant: 'growth',
      seconds,
      connections: 256,
      expectedPerSecond: 4000,
      latency: false,
    };
    const { capacity, cpu } = await runCase(distinctHolds, run);
    grown.push({ stored, perSecond: capacity.perSecond, cpu });
  }
  await stack.stop();
  await world.close();
  return grown;
}

async function fill({ context }: BenchWorld, count: number): Promise<void> {
  const { models, config, newId } = context;
  const part = 5000;
  for (let made = 0; made < count; made += part) {
    const at = new Date();
    const commands = Array.from({ length: Math.min(part, count - made) }, (_, i) => {
      const request = {
        kind: 'payment.pay',
        payload: { holdId: newId('hold') },
        userId: `user_${made + i}`,
        key: newId('key'),
      } as const;
      const accepted = newCommand(config, newId('job'), request, at);
      return { ...accepted, status: 'done' as const, finishedAt: at, result: { amount: 10 } };
    });
    const reservations = commands.map(({ _id, userId }) => ({
      _id: derivedId('res', _id),
      ...{ userId, concertId: 'concert_bench', performanceId: 'perf_past', seatIds: [newId('seat')], amount: 10 },
      ...{ holdId: derivedId('hold', _id), paymentId: derivedId('pay', _id), reservedAt: at, commandId: _id },
    }));
    await native(models, 'commands').insertMany(commands, { ordered: false });
    await native(models, 'reservations').insertMany(reservations, { ordered: false });
  }
}
