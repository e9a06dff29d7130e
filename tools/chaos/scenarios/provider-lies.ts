import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, newIdempotencyKey } from '../../../client/src/index';
import { openProvider } from '../../../shared/top-ups/open-provider';
import { compareDay } from '../../operate/reconcile/compare-day';
import { type Mischief, noMischief } from '../../provider/webhooks';
import { freePort } from '../../stack/free-port';
import { type NodeProcess, startNode } from '../../stack/product';
import { verify } from '../check/verify';
import type { Environment } from '../environment/environment';
import { createHistory } from '../load/history';
import { type Counts, type Finding, scenario, type Trial } from '../scenario';

interface LieCounts extends Counts {
  topUps: number;
  users: number;
  kills: number;
}

const secrets = { STRIPE_SECRET_KEY: 'sk_test_of_chaos', STRIPE_WEBHOOK_SECRET: 'whsec_of_chaos' };

export const providerLies = scenario<LieCounts>({
  name: 'provider-lies',
  promise:
    'The provider repeats, delays and loses events, dies, and takes other amounts; workers and APIs are killed: each payment is ' +
    'credited once, or held, and the books agree.',
  full: { topUps: 1000, users: 50, kills: 20 },
  short: { topUps: 80, users: 10, kills: 3 },
  async run(trial) {
    const port = String(await freePort(0));
    const settings = {
      ...{
        CHARGES: 'provider',
        PUBLIC_URL: 'http://pages.test',
        STRIPE_API_URL: `http://127.0.0.1:${port}`,
        ...secrets,
      },
      ...{ MAX_PENDING_TOP_UPS: '1000', RATE_LIMIT_EVENTS: '0' },
    };
    const environment = await trial.openEnvironment({ apis: 2, workers: 2, settings });
    const provider = keepProvider(environment, trial, port);
    await provider.start();
    try {
      return await lieAndBuy(trial as Trial<LieCounts>, environment, provider, port);
    } finally {
      await provider.stop();
    }
  },
});

interface KeptProvider {
  start(): Promise<void>;
  die(): Promise<void>;
  stop(): Promise<void>;
  /** What it shall do wrong. */
  lie(mischief: Mischief): Promise<void>;
}

function keepProvider(environment: Environment, { stores }: Trial, port: string): KeptProvider {
  const webhook = `${environment.apis[0]?.url}/v1/providers/stripe/events`;
  const file = join(stores.folder, `provider-${port}.json`);
  let running: NodeProcess | null = null;
  const up = async () => (await fetch(`http://127.0.0.1:${port}/control`)).ok;
  const kept: KeptProvider = {
    async start() {
      const env = {
        PATH: process.env.PATH,
        PROVIDER_PORT: port,
        PROVIDER_FILE: file,
        WEBHOOK_URL: webhook,
        ...secrets,
      };
      running = await startNode({
        name: 'provider',
        entry: 'tools/provider.js',
        env,
        folder: stores.folder,
        ready: up,
      });
    },
    async die() {
      const exited = running && once(running.process, 'exit');
      running?.process.kill('SIGKILL');
      await exited;
      await kept.start();
    },
    stop: async () => running?.stop(),
    async lie(mischief) {
      await fetch(`http://127.0.0.1:${port}/control`, { method: 'POST', body: JSON.stringify(mischief) });
    },
  };
  return kept;
}

const lies: Mischief[] = [
  noMischief,
  ...[
    { copies: 3, delayMs: 500 },
    { silent: true },
    { delayMs: 2000 },
    { wrongAmount: true },
    { mute: true },
    { away: true },
  ],
].map((lie) => ({ ...noMischief, ...lie }));

async function lieAndBuy(
  trial: Trial<LieCounts>,
  environment: Environment,
  provider: KeptProvider,
  port: string,
): Promise<Finding> {
  const { counts, random, log } = trial;
  const { apis, workers, models, config } = environment;
  const users = await Promise.all(
    Array.from({ length: counts.users }, async (_, i) => {
      const baseUrl = apis[i % apis.length]?.url ?? '';
      const { token } = await createClient({ baseUrl }).signIn({ name: `buyer ${i}` });
      return createClient({ baseUrl, token, deadlineMs: 60_000 });
    }),
  );
  const every = Math.ceil(counts.topUps / (counts.kills + 1));
  let bought = 0;
  let kills = 0;
  const paid: string[] = [];
  const buyOne = async (i: number) => {
    const body = { amount: 100 + (i % 900) };
    const call = () =>
      users[i % users.length]?.call('POST /v1/points/top-ups', { idempotencyKey: key, body }).catch(() => null);
    const key = newIdempotencyKey();
    let topUp = await call();
    for (let tries = 0; !topUp && tries < 60; tries += 1) {
      await sleep(250);
      topUp = await call();
    }
    if (!topUp) return void environment.unexpected.push(`a top-up was not begun in time`);
    bought += 1;
    const deed = random.pick(['pay', 'pay', 'pay', 'pay', 'expire', 'later']);
    const at = (what: string) => fetch(`${topUp.url}/${what}`, { method: 'POST' }).catch(() => null);
    for (let tries = 0; topUp.url && tries < 60 && !(await at(deed)); tries += 1) await sleep(250);
    if (deed === 'later') await at('clear');
    if (deed === 'pay' && topUp.url) paid.push(topUp.url);
  };
  for (let i = 0; i < counts.topUps && trial.inTime(); i += users.length) {
    await provider.lie(random.pick(lies));
    const some = Array.from({ length: Math.min(users.length, counts.topUps - i) }, (_, n) => buyOne(i + n));
    if (Math.floor(i / every) >= kills && kills < counts.kills) {
      kills += 1;
      if (kills % 3 === 0) await provider.die();
      else void random.pick(kills % 3 === 1 ? workers : apis).restart('SIGKILL');
    }
    await Promise.race([Promise.all(some), sleep(3000)]);
    await provider.lie(noMischief);
    await Promise.all(some);
    log(`${bought} top-ups, ${kills} kills`);
  }
  await Promise.all([...apis, ...workers].map((kept) => kept.ready()));
  // No poll makes up for an event of a refund that is never sent, so these are only repeated and late.
  await provider.lie({ ...noMischief, copies: 2, delayMs: 500 });
  for (const url of paid.filter((_, i) => i % 10 === 0))
    await fetch(`${url}/${random.pick(['refund', 'dispute'])}`, { method: 'POST' });
  await sleep(2000);
  await quiet(models, 120_000);
  const verified = await verify(environment, createHistory());
  const adapter = openProvider(config);
  const today = new Date().toISOString().slice(0, 10);
  const books = adapter && (await compareDay(models, adapter, today));
  const byStatus = await models.topUps.aggregate<{ _id: string; n: number }>([
    { $group: { _id: '$status', n: { $sum: 1 } } },
  ]);
  const differences = (books?.differences ?? []).map(({ what, topUpId, detail }) => `${what}: ${topUpId} (${detail})`);
  return {
    violations: [...verified.violations, ...differences],
    measured: {
      ...{ kills, 'top-ups': bought, payments: books?.payments ?? 0 },
      ...Object.fromEntries(byStatus.map(({ _id, n }) => [_id, n])),
      'events received': await models.providerEvents.countDocuments(),
    },
  };

  async function quiet(all: Environment['models'], deadlineMs: number): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    const open = () => all.topUps.countDocuments({ status: { $in: ['pending', 'paid'] }, sessionId: { $ne: null } });
    const pending = () => all.providerEvents.countDocuments({ pending: true });
    while ((await open()) + (await pending()) > 0 && performance.now() < deadline) {
      // Back-off is for days without an event; a trial asks at once.
      await all.topUps.updateMany({ pollAt: { $ne: null } }, { pollAt: new Date(0) });
      await sleep(500);
    }
    if ((await open()) > 0)
      environment.unexpected.push(`${await open()} top-ups are not decided (provider at ${port})`);
  }
}
