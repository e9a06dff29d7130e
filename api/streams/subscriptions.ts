import type { Context } from '../../shared/context';
import { openSubscriber } from '../../shared/platform/redis';

/** What other processes publish on Redis, over one connection. A message may be lost: it is only ever a hint to read. */
export interface Subscriptions {
  /** @returns how to unsubscribe */
  subscribe(channel: string, receive: Receive): () => void;
  /** Calls `check` whenever Redis is back after it was away: messages were lost. */
  onReconnect(check: () => void): void;
}

type Receive = (message: string) => void;

export async function openSubscriptions({
  config,
  logger,
  lifecycle,
}: Pick<Context, 'config' | 'logger' | 'lifecycle'>): Promise<Subscriptions> {
  const channels = new Map<string, Set<Receive>>();
  const connection = await openSubscriber(config.REDIS_URL, logger);
  lifecycle.onClose('subscriptions', () => connection.disconnect());
  connection.on('message', (channel: string, message: string) => {
    for (const receive of channels.get(channel) ?? []) receive(message);
  });
  /** With Redis away it waits for its return; the driver subscribes again by itself after that. */
  const quietly = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => logger.debug({ error }, 'subscription not changed'));

  return {
    subscribe(channel, receive) {
      const receivers = channels.get(channel) ?? new Set();
      if (receivers.size === 0) {
        channels.set(channel, receivers);
        quietly(connection.subscribe(channel));
      }
      receivers.add(receive);
      return () => {
        if (!receivers.delete(receive) || receivers.size > 0) return;
        channels.delete(channel);
        quietly(connection.unsubscribe(channel));
      };
    },
    onReconnect: (check) => void connection.on('ready', check),
  };
}
