import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/platform/clock';
import type { Config } from '../../shared/platform/config';
import { isSameSecret } from './same-secret';

/**
 * Remembers on a device that the admin's password was right there. It opens nothing: it only gives the device a count of wrong
 * passwords of its own, so that a stranger behind the same address can't lock its user out (OWASP, "device cookies").
 */
export interface DeviceCookies {
  /** Which device a `Cookie` header names; null without a cookie that was made here and is recent. */
  read(cookies: string | undefined): string | null;
  /** A `Set-Cookie` header for a device that is not known yet. */
  make(): string;
}

const name = 'frontrow_device';
const keptSeconds = 30 * 24 * 60 * 60;

type Secrets = Pick<Config, 'QUEUE_TOKEN_SECRET' | 'ADMIN_PASSWORD' | 'NODE_ENV'>;

export function createDeviceCookies(config: Secrets, clock: Clock): DeviceCookies {
  // With another password all devices have to be right anew.
  const secret = `device ${config.QUEUE_TOKEN_SECRET} ${config.ADMIN_PASSWORD}`;
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  const secure = config.NODE_ENV === 'production' ? '; Secure' : '';
  return {
    read(cookies = '') {
      const found = new RegExp(`(?:^|; *)${name}=([\\w-]{22})\\.(\\d{1,12})\\.([\\w-]{43})(?:;|$)`).exec(cookies);
      if (!found) return null;
      const [, device = '', since = '', signature = ''] = found;
      if (Number(since) + keptSeconds < clock.now() / 1000) return null;
      return isSameSecret(signature, sign(`${device}.${since}`)) ? device : null;
    },
    make() {
      const value = `${randomBytes(16).toString('base64url')}.${Math.floor(clock.now() / 1000)}`;
      return `${name}=${value}.${sign(value)}; Path=/; Max-Age=${keptSeconds}; HttpOnly; SameSite=Strict${secure}`;
    },
  };
}
