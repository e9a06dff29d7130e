import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import type { Session } from '../../tools/provider/account';
import type { Deed } from '../../tools/provider/checkout';
import { createProvider, type ProviderServer } from '../../tools/provider/server';
import type { TestUser } from '../helpers/builders';
import type { Answer } from '../helpers/client';
import { until } from '../helpers/until';
import { startWorld, type World, type WorldOptions } from '../helpers/world';

export interface TopUp {
  id: string;
  status: TopUpDoc['status'];
  amount: number;
  price: number;
  url: string | null;
  jobId: string | null;
  reversed: number;
}

/** A world that sells points, and the provider that it sells them through. */
export interface Shop {
  world: World;
  provider: ProviderServer;
  buy(user: TestUser, amount: number, options?: { key?: string; returnUrl?: string }): Promise<Answer<TopUp>>;
  /** What a person does at the checkout of a top-up, or what becomes of its payment. */
  act(topUp: { id: string }, deed: Deed): void;
  session(topUp: { id: string }): Session;
  read(user: TestUser, topUp: { id: string }): Promise<TopUp>;
  /** Waits for a status of a top-up. */
  becomes(user: TestUser, topUp: { id: string }, status: TopUp['status']): Promise<TopUp>;
  balance(user: TestUser): Promise<number>;
  /** Lets so much time pass for the product, not for the provider. */
  wait(ms: number): void;
  close(): Promise<void>;
}

export const secrets = { key: 'sk_test_of_tests', secret: 'whsec_of_tests' };

/** A provider in this process, and the settings of a product that sells through it. */
export async function openTestProvider() {
  const provider = createProvider({ ...secrets, url: '', apiVersion: '2026-10-28.endive' });
  await once(provider.server.listen(0, '127.0.0.1'), 'listening');
  const settings = {
    ...{ CHARGES: 'provider', PUBLIC_URL: 'http://pages.test' },
    STRIPE_API_URL: `http://127.0.0.1:${(provider.server.address() as AddressInfo).port}`,
    ...{ STRIPE_SECRET_KEY: secrets.key, STRIPE_WEBHOOK_SECRET: secrets.secret },
  };
  return {
    provider,
    settings,
    /** Sends events to the product at `url` from now on. */
    sendTo: (url: string) => void Object.assign(provider.webhook, { url: `${url}/v1/providers/stripe/events` }),
    close() {
      provider.stop();
      provider.server.closeAllConnections();
      provider.server.close();
    },
  };
}

type TestProvider = Awaited<ReturnType<typeof openTestProvider>>;

export async function openShop({ settings, ...options }: WorldOptions = {}): Promise<Shop> {
  const testProvider = await openTestProvider();
  return shopOf(await startWorld({ ...options, settings: { ...testProvider.settings, ...settings } }), testProvider);
}

/** @param world with the settings of that provider */
export function shopOf(world: World, { provider, sendTo, close }: Omit<TestProvider, 'settings'>): Shop {
  sendTo(world.url);
  const session = ({ id }: { id: string }) => {
    const found = [...provider.account.sessions.values()].find((one) => one.client_reference_id === id);
    if (!found) throw new Error(`the provider knows no checkout of ${id}`);
    return found;
  };
  const read = async (user: TestUser, { id }: { id: string }) =>
    (await world.client.send<TopUp>('get', `/v1/points/top-ups/${id}`, user)).body;
  return {
    ...{ world, provider, session, read },
    buy: (user, amount, { key, returnUrl } = {}) =>
      world.client.command<TopUp>('post', '/v1/points/top-ups', {
        ...{ ...user, wait: null, body: { amount, ...(returnUrl !== undefined && { returnUrl }) } },
        ...(key !== undefined && { key }),
      }),
    act(topUp, deed) {
      if (!provider.act(session(topUp), deed)) throw new Error(`nothing to ${deed}`);
    },
    becomes: (user, topUp, status) =>
      until(`${topUp.id} is ${status}`, async () => {
        const now = await read(user, topUp);
        return now.status === status && now;
      }),
    balance: async (user) => Number((await world.client.send('get', '/v1/points', user)).body.balance),
    wait(ms) {
      world.clock.offsetMs += ms;
    },
    async close() {
      await world.close();
      close();
    },
  };
}
