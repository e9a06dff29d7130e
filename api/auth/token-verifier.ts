import { createVerifier, TokenError } from 'fast-jwt';
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  type ExportedJWKSCache,
  errors,
  type JWKSCacheInput,
  type JWTPayload,
  type JWTVerifyOptions,
  jwksCache,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/platform/clock';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import type { User } from '../http/user';
import { userOfToken } from './user-of-token';

/**
 * Answers who sent an `Authorization` header; at once for a token seen before, so that a busy user costs one
 * signature check.
 * @throws Problem UNAUTHENTICATED; SERVICE_UNAVAILABLE when the key set can't be had
 */
export type VerifyToken = (authorization: string | undefined) => User | Promise<User>;

interface Verified {
  user: User;
  /** When the key set that it was checked with is fetched anew, ms of the system's clock. */
  believedUntil: number;
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
    if (known && known.user.expiresAt > clock.now() && known.believedUntil > Date.now()) return known.user;
    const keep = ({ payload, believedUntil }: Checked): User => {
      const user = userOfToken(payload, config);
      seen.set(token, { user, believedUntil });
      return user;
    };
    try {
      const checked = check(token, new Date(clock.now()));
      return checked instanceof Promise ? checked.then(keep, refuse) : keep(checked);
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

interface Checked {
  payload: JWTPayload;
  believedUntil: number;
}

/** Answers the payload of a token that is signed as it should be and made for this product. */
type Check = (token: string, now: Date) => Checked | Promise<Checked>;

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

/**
 * Seconds. How far the clock of whoever signs may be ahead: some providers put the moment of signing into `nbf`. FAPI 2.0, 5.3.2.1,
 * asks for ten. A token ends when it says so all the same.
 */
const aheadSeconds = 10;

function checkTimes({ exp, nbf = 0 }: JWTPayload, now: Date): void {
  if (typeof exp !== 'number' || typeof nbf !== 'number' || (nbf - aheadSeconds) * 1000 > now.getTime())
    throw new Problem('UNAUTHENTICATED');
  if (exp * 1000 <= now.getTime()) throw new Problem('UNAUTHENTICATED', { detail: expired });
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
    checkTimes(payload, now);
    return { payload, believedUntil: Number.POSITIVE_INFINITY };
  };
}

/** ms. Between two tries to fetch the key set ahead of its end. */
const aheadMs = 2000;

/**
 * The provider may withdraw a key at any time, so nothing is believed longer than the key set is: neither a token by its key,
 * nor a token because it was seen before. In the second half of its life the key set is fetched ahead, so that a short outage
 * of the provider turns nobody away.
 */
function keySetCheck({ JWT_ISSUER, JWT_AUDIENCE, JWT_JWKS_SECONDS }: Config, url: URL): Check {
  const maxAgeMs = JWT_JWKS_SECONDS * 1000;
  const fetched: Partial<ExportedJWKSCache> = {};
  const cooldownDuration = Math.min(30_000, maxAgeMs);
  const options = {
    timeoutDuration: 2000,
    cacheMaxAge: maxAgeMs,
    cooldownDuration,
    [jwksCache]: fetched as JWKSCacheInput,
  };
  const keySet = createRemoteJWKSet(url, options);
  const demands: JWTVerifyOptions = {
    algorithms: publicKeyAlgorithms,
    requiredClaims: ['sub', 'exp'],
    ...(JWT_ISSUER && { issuer: JWT_ISSUER }),
    ...(JWT_AUDIENCE && { audience: JWT_AUDIENCE }),
  };
  let triedAt = 0;
  function fetchAhead(now: number): void {
    if (!fetched.uat || now < fetched.uat + maxAgeMs / 2 || now < triedAt + aheadMs) return;
    triedAt = now;
    keySet.reload().catch(() => undefined);
  }

  return async (token, currentDate) => {
    fetchAhead(Date.now());
    const { payload } = await jwtVerify(token, keySet, { ...demands, currentDate, clockTolerance: aheadSeconds });
    checkTimes(payload, currentDate);
    return { payload, believedUntil: (fetched.uat ?? 0) + maxAgeMs / 2 };
  };
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
