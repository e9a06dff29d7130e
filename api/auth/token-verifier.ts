import { webcrypto } from 'node:crypto';
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/platform/clock';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import type { User } from './user';

/**
 * Answers who sent an `Authorization` header; at once for a token seen before, so that a busy user costs one
 * signature check.
 * @throws Problem UNAUTHENTICATED; SERVICE_UNAVAILABLE when the key set can't be had
 */
export type VerifyToken = (authorization: string | undefined) => User | Promise<User>;

interface Verified {
  user: User;
  /** Seconds since 1970. */
  expiresAt: number;
}

const keptTokens = 20_000;
const publicKeyAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export function createTokenVerifier(config: Config, clock: Clock): VerifyToken {
  const check = createCheck(config);
  const seen = new LRUCache<string, Verified>({ max: keptTokens });
  return (authorization) => {
    const token = bearerToken(authorization);
    const known = seen.get(token);
    if (known && known.expiresAt * 1000 > clock.now()) return known.user;
    return check(token, new Date(clock.now())).then((payload) => {
      const verified = { user: userOf(payload), expiresAt: payload.exp ?? 0 };
      seen.set(token, verified);
      return verified.user;
    }, refuse);
  };
}

function bearerToken(authorization: string | undefined): string {
  const token = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw new Problem('UNAUTHENTICATED');
  return token;
}

type Check = (token: string, now: Date) => Promise<JWTPayload>;

/** With both kinds of key configured, the token's algorithm says which one; each key takes its own algorithms only. */
function createCheck(config: Config): Check {
  const secret = config.JWT_SECRET ? importSecret(config.JWT_SECRET) : null;
  const keySet: JWTVerifyGetKey | null = config.JWT_JWKS_URL
    ? createRemoteJWKSet(new URL(config.JWT_JWKS_URL), { timeoutDuration: 2000 })
    : null;
  const claims: JWTVerifyOptions = {
    requiredClaims: ['sub', 'exp'],
    ...(config.JWT_ISSUER && { issuer: config.JWT_ISSUER }),
    ...(config.JWT_AUDIENCE && { audience: config.JWT_AUDIENCE }),
  };
  return async (token, currentDate) => {
    const shared = algorithmOf(token) === 'HS256';
    if (shared && secret)
      return (await jwtVerify(token, await secret, { ...claims, currentDate, algorithms: ['HS256'] })).payload;
    if (!shared && keySet)
      return (await jwtVerify(token, keySet, { ...claims, currentDate, algorithms: publicKeyAlgorithms })).payload;
    throw new Problem('UNAUTHENTICATED', { detail: 'The bearer token is signed in a way that is not accepted here.' });
  };
}

/** Once for all tokens: jose would import plain bytes anew for each, which is half of what a check costs. */
function importSecret(secret: string) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return webcrypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
}

function userOf(payload: JWTPayload): User {
  const { sub, name, role } = payload;
  if (typeof sub !== 'string' || !/^[\w.:@|-]{1,128}$/.test(sub))
    throw new Problem('UNAUTHENTICATED', { detail: 'The bearer token names no usable subject.' });
  return { id: sub, name: typeof name === 'string' ? name : null, isAdmin: role === 'admin' };
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch (cause) {
    throw new Problem('UNAUTHENTICATED', { cause });
  }
}

/** What is wrong with a token; every other error is about fetching the key set. */
const tokenFaults = /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING|JWKS_MULTIPLE)/;

function refuse(cause: unknown): never {
  if (cause instanceof Problem) throw cause;
  const code = cause instanceof errors.JOSEError ? cause.code : '';
  if (!tokenFaults.test(code)) throw new Problem('SERVICE_UNAVAILABLE', { cause });
  const detail = code === errors.JWTExpired.code ? 'The bearer token has expired.' : undefined;
  throw new Problem('UNAUTHENTICATED', { detail, cause });
}
