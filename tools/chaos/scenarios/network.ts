import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random';
import type { NetworkProxy } from '../../stack/proxy';
import type { LinkName } from '../environment/environment';
import { scenario } from '../scenario';
import { underLoad } from './under-load';

type Fault = (proxy: NetworkProxy, random: Random) => void;

const linkNames: readonly LinkName[] = ['apiMongo', 'apiRedis', 'workerMongo', 'workerRedis'];

/** What networks do. All but `reset` last until the proxy is healed. */
const faults: Record<string, Fault> = {
  latency: (proxy, random) => proxy.slow(random.int(50, 300)),
  'narrow bandwidth': (proxy, random) => proxy.narrow(random.int(5, 30) * 1000),
  reset: (proxy) => proxy.reset(),
  'refused connections': (proxy) => proxy.cut(),
  'half-open, then on': (proxy) => proxy.freeze(),
  'half-open for good': (proxy) => proxy.orphan(),
};

/** How long after the last fault a dead connection may go unnoticed. */
const noticeMs = 30_000;

export const network = scenario({
  name: 'network',
  promise:
    'Latency, narrow bandwidth, resets, refused and half-open connections between API, workers, MongoDB and Redis: nothing is lost, and all heals by itself.',
  full: { holdSeconds: 8, rounds: 4, clients: 32, commandsPerFault: 40, mostMs: 4000 },
  short: { holdSeconds: 3, rounds: 1, clients: 16, commandsPerFault: 4, mostMs: 900 },
  async run(trial) {
    const { rounds, clients, commandsPerFault, mostMs } = trial.counts;
    const lost = new Map<LinkName, number>();
    const course = Array.from({ length: rounds }, () =>
      linkNames.flatMap((link) => Object.keys(faults).map((name) => ({ link, name }))),
    ).flat();
    const { violations, measured } = await underLoad(trial, {
      environment: { apis: 2, workers: 2, proxied: true },
      load: { clients, commands: course.length * commandsPerFault },
      faults: course.length,
      async fault({ links }, number, random) {
        const { link, name } = course[number - 1] ?? { link: 'apiMongo', name: 'reset' };
        const proxy = links.proxies[link];
        if (!proxy) return;
        faults[name]?.(proxy, random);
        await sleep(random.int(500, mostMs));
        proxy.heal();
      },
      measured: async ({ links }) => {
        for (const name of linkNames) lost.set(name, await heldToTheDead(links.proxies[name]));
        return {};
      },
    });
    const deaf = [...lost].filter(([, count]) => count > 0);
    const broken = deaf.map(([name, count]) => `${name}: ${count} connections to nobody are still in use`);
    return { violations: [...violations, ...broken], measured };
  },
});

/** Connections that nobody will ever answer, and that their process has not given up in time. */
async function heldToTheDead(proxy: NetworkProxy | undefined): Promise<number> {
  const deadline = performance.now() + noticeMs;
  while (proxy && proxy.orphans() > 0 && performance.now() < deadline) await sleep(100);
  return proxy?.orphans() ?? 0;
}
