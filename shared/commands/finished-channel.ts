import type { Config } from '../platform/config';

/** Redis channel on which workers name the commands they finished: ids joined by commas, one message a group. */
export function finishedChannel(config: Config): string {
  return `${config.QUEUE_PREFIX}:finished`;
}
