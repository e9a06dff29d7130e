import type { Context } from '../../shared/context';
import { openSubscriber } from '../../shared/platform/redis';

/** What other processes publish on Redis, heard on one connection. A message may be lost: it is only ever a hint to look. */
export interface Channels {
  /** @returns how to stop */
  listen(channel: string, hear: (message: string) => void): () => void;
  /** Calls `look` whenever Redis is back after it was away: messages were lost. */
  onReturn(look: () => void): void;
}

type Hear = (message: string) => void;

export async function openChannels({
  config,
  logger,
  lifecycle,
}: Pick<Context, 'config' | 'logger' | 'lifecycle'>): Promise<Channels> {
  const listeners = new Map<string, Set<Hear>>();
  const subscriber = await openSubscriber(config.REDIS_URL, logger);
  lifecycle.onClose('channels', () => subscriber.disconnect());
  subscriber.on('message', (channel: string, message: string) => {
    for (const hear of listeners.get(channel) ?? []) hear(message);
  });
  /** With Redis away it waits for its return; the driver subscribes again by itself after that. */
  const quietly = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => logger.debug({ error }, 'subscription not changed'));

  return {
    listen(channel, hear) {
      const those = listeners.get(channel) ?? new Set();
      if (those.size === 0) {
        listeners.set(channel, those);
        quietly(subscriber.subscribe(channel));
      }
      those.add(hear);
      return () => {
        if (!those.delete(hear) || those.size > 0) return;
        listeners.delete(channel);
        quietly(subscriber.unsubscribe(channel));
      };
    },
    onReturn: (look) => void subscriber.on('ready', look),
  };
}
