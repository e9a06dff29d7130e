import type { JWTPayload } from 'jose';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import { claimValues, type Role, roles } from '../http/roles';
import type { User } from '../http/user';

type RoleSettings = Pick<Config, 'ADMIN_CLAIM' | (typeof claimValues)[Role]>;

/**
 * The user that a verified token names.
 * @throws Problem UNAUTHENTICATED
 */
export function userOfToken(payload: JWTPayload, config: RoleSettings): User {
  const { sub, name, exp = 0 } = payload;
  // OpenID Connect Core 1.0, 2: at most 255 ASCII characters. Control characters would forge lines in logs.
  if (typeof sub !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(sub))
    throw new Problem('UNAUTHENTICATED', { detail: 'The bearer token names no usable subject.' });
  const claim = claimAt(payload, config.ADMIN_CLAIM);
  const has = (value: string) => (Array.isArray(claim) ? claim.includes(value) : claim === value);
  return {
    id: sub,
    name: typeof name === 'string' ? name : null,
    roles: roles.filter((role) => has(config[claimValues[role]])),
    expiresAt: exp * 1000,
  };
}

/**
 * The claim at a path whose dots lead into objects. Names may have dots of their own (`https://shop.example/roles`, a client's
 * id), so the longest name that is there comes first.
 */
function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined;
  if (Object.hasOwn(claims, path)) return (claims as Record<string, unknown>)[path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const name = path.slice(0, dot);
    if (Object.hasOwn(claims, name)) return claimAt((claims as Record<string, unknown>)[name], path.slice(dot + 1));
  }
  return undefined;
}
