import { createVerifier, TokenError } from 'fast-jwt';
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/platform/clock';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import type { User } from '../http/user';

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

const maxTokens = 50_000;
const expired = 'The bearer token has expired.';
const publicKeyAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export function createTokenVerifier(config: Config, clock: Clock): VerifyToken {
  const check = createCheck(config);
  const seen = new LRUCache<string, Verified>({ max: maxTokens });
  return (authorization) => {
    const token = bearerToken(authorization);
    const known = seen.get(token);
    if (known && known.expiresAt * 1000 > clock.now()) return known.user;
    const keep = (payload: JWTPayload): User => {
      const verified = { user: userOf(payload), expiresAt: payload.exp ?? 0 };
      seen.set(token, verified);
      return verified.user;
    };
    try {
      const payload = check(token, new Date(clock.now()));
      return payload instanceof Promise ? payload.then(keep, refuse) : keep(payload);
    } catch (error) {
      return refuse(error);
    }
  };
}

function bearerToken(authorization: string | undefined): string {
  const token = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw new Problem('UNAUTHENTICATED');
  return token;
}

/** Answers the payload of a token that is signed as it should be and made for this product. */
type Check = (token: string, now: Date) => JWTPayload | Promise<JWTPayload>;

/** With both kinds of key configured, the token's algorithm decides which one; each key takes its own algorithms only. */
function createCheck(config: Config): Check {
  const checkShared = sharedSecretsCheck(config);
  const checkPublic = config.JWT_JWKS_URL ? keySetCheck(config, new URL(config.JWT_JWKS_URL)) : null;
  return (token, now) => {
    const check = algorithmOf(token) === 'HS256' ? checkShared : checkPublic;
    if (check) return check(token, now);
    throw new Problem('UNAUTHENTICATED', { detail: 'The bearer token is signed in a way that is not accepted here.' });
  };
}

/** By JWT_SECRET, or by the one before it while that is being changed. */
function sharedSecretsCheck(config: Config): Check | null {
  const { JWT_SECRET: current, JWT_SECRET_PREVIOUS: previous } = config;
  if (!current) return null;
  const check = sharedSecretCheck(config, current);
  if (!previous) return check;
  const checkPrevious = sharedSecretCheck(config, previous);
  return (token, now) => {
    try {
      return check(token, now);
    } catch (error) {
      if (error instanceof TokenError && error.code === TokenError.codes.invalidSignature)
        return checkPrevious(token, now);
      throw error;
    }
  };
}

/** jose would do, by way of WebCrypto's threads, for a third of all the work that this process has with a request. */
function sharedSecretCheck({ JWT_ISSUER, JWT_AUDIENCE }: Config, secret: string): Check {
  const verify = createVerifier({
    key: secret,
    algorithms: ['HS256'],
    requiredClaims: ['sub', 'exp', ...(JWT_ISSUER ? ['iss'] : []), ...(JWT_AUDIENCE ? ['aud'] : [])],
    ...(JWT_ISSUER && { allowedIss: JWT_ISSUER }),
    ...(JWT_AUDIENCE && { allowedAud: JWT_AUDIENCE }),
    // It knows no clock but its own.
    ignoreExpiration: true,
    ignoreNotBefore: true,
  });
  return (token, now) => {
    const payload: JWTPayload = verify(token);
    const { exp, nbf = 0 } = payload;
    if (typeof exp !== 'number' || typeof nbf !== 'number' || nbf * 1000 > now.getTime())
      throw new Problem('UNAUTHENTICATED');
    if (exp * 1000 <= now.getTime()) throw new Problem('UNAUTHENTICATED', { detail: expired });
    return payload;
  };
}

function keySetCheck({ JWT_ISSUER, JWT_AUDIENCE }: Config, url: URL): Check {
  const keySet = createRemoteJWKSet(url, { timeoutDuration: 2000 });
  const options: JWTVerifyOptions = {
    algorithms: publicKeyAlgorithms,
    requiredClaims: ['sub', 'exp'],
    ...(JWT_ISSUER && { issuer: JWT_ISSUER }),
    ...(JWT_AUDIENCE && { audience: JWT_AUDIENCE }),
  };
  return async (token, currentDate) => (await jwtVerify(token, keySet, { ...options, currentDate })).payload;
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

/** Errors of the token; every other error is about fetching the key set. */
const tokenFaults = /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING|JWKS_MULTIPLE)/;

function refuse(cause: unknown): never {
  if (cause instanceof Problem) throw cause;
  if (cause instanceof TokenError) throw new Problem('UNAUTHENTICATED', { cause });
  const code = cause instanceof errors.JOSEError ? cause.code : '';
  if (!tokenFaults.test(code)) throw new Problem('SERVICE_UNAVAILABLE', { cause });
  const detail = code === errors.JWTExpired.code ? expired : undefined;
  throw new Problem('UNAUTHENTICATED', { detail, cause });
}
