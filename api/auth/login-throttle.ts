import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';
import { networkOf } from '../http/network';
import { createDeviceCookies } from './device-cookie';
import { createLocalFailures, createSharedFailures } from './login-failures';
import { isOneOfSecrets } from './same-secret';

/** Where a password comes from. */
export interface LoginSource {
  address: string;
  /** The `Cookie` header. */
  cookies: string | undefined;
}

/**
 * Slows down guessing the admin's password. Wrong ones are counted over all processes by the network that they come from, and
 * those of a device on which the password was right lately by that device.
 */
export interface LoginThrottle {
  /**
   * Compares a password in constant time, and counts it if it is wrong.
   * @param expected the one that counts, and the previous one while it is being changed
   * @returns whether it is right; with the `Set-Cookie` header, if any, by which the device is known from now on
   * @throws Problem RATE_LIMITED, right or wrong, after several wrong ones
   */
  attempt(
    from: LoginSource,
    given: string,
    expected: readonly (string | undefined)[],
  ): Promise<{ isRight: boolean; setCookie?: string }>;
}

type ThrottleContext = Pick<Context, 'clock' | 'logger' | 'redis' | 'config'>;

export function createLoginThrottle({ clock, logger, redis, config }: ThrottleContext): LoginThrottle {
  const devices = createDeviceCookies(config, clock);
  const shared = createSharedFailures(redis, config.QUEUE_PREFIX, clock);
  const local = createLocalFailures(clock);

  /** With Redis away each process counts by itself. */
  async function waitSeconds(who: string, isRight: boolean): Promise<number> {
    try {
      return await shared.take(who, isRight);
    } catch (error) {
      logger.debug({ error }, 'wrong passwords are counted by this process alone');
      return local.take(who, isRight);
    }
  }

  return {
    async attempt({ address, cookies }, given, expected) {
      const isRight = isOneOfSecrets(given, expected);
      const device = devices.read(cookies);
      const retryAfterSeconds = await waitSeconds(device ? `device:${device}` : `net:${networkOf(address)}`, isRight);
      if (retryAfterSeconds > 0)
        throw new Problem('RATE_LIMITED', { detail: 'Too many wrong passwords.', retryAfterSeconds });
      if (!isRight) logger.warn({ address }, 'wrong admin password');
      return { isRight, ...(isRight && device === null && { setCookie: devices.make() }) };
    },
  };
}
