import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { claimValues, type Role, roles } from '../http/roles';
import { route } from '../http/route';
import { time } from '../http/schemas';
import { lineOfText } from '../http/text';
import type { LoginSource, LoginThrottle } from './login-throttle';
import { normalised, userIdOf } from './user-id';

const body = z
  .strictObject({
    name: lineOfText(100).meta({ description: 'Any name; the same name is the same user' }),
    password: z.string().max(200).optional().meta({ description: 'For names of roles only' }),
  })
  .meta({ id: 'SignIn' });

const signedIn = z
  .strictObject({ token: z.string().meta({ description: 'Bearer token' }), userId: z.string(), expiresAt: time })
  .meta({ id: 'SignedIn' });

const lifetimeMs = 12 * 60 * 60 * 1000;

/** The role that a name has, for whoever knows the password: `admin`, or `admin:mina`, who is another admin. */
function roleOf(name: string): Role | undefined {
  return roles.find((role) => name === role || name.startsWith(`${role}:`));
}

/** Only for demos and tests: any client that knows a name is that user. Not there unless SIGN_IN is on. */
export function signIn(config: Config) {
  const key = new TextEncoder().encode(config.JWT_SECRET);
  return route({
    method: 'post',
    path: '/v1/sign-in',
    tag: 'Sign-in',
    summary: 'Get a bearer token for a name',
    description:
      `The names ${roles.map((role) => `\`${role}\``).join(', ')} need the password and get the role of that name; so do names that ` +
      'begin so, with a colon: `admin:Mina` is an admin, another one than `admin`. It lasts twelve hours.',
    auth: 'none',
    body: content(body, { fan: { name: 'Mina' } }),
    responses: {
      200: {
        description: 'Signed in.',
        headers: {
          'Set-Cookie': 'After the right password: a cookie that opens nothing, see docs/reference/limits.md',
        },
        content: content(signedIn, {
          fan: {
            token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl',
            userId: 'user_5a1f0c3b9d7e2846f0a1',
            expiresAt: '2026-11-21T07:00:00.000Z',
          },
        }),
      },
    },
    errors: ['UNAUTHENTICATED'],
    async handler({ address, cookies, body: { name, password } }, { clock, loginThrottle }: ApiContext) {
      const role = roleOf(normalised(name));
      const { setCookie } = role ? await checkPassword(loginThrottle, { address, cookies }, password) : {};
      const userId = userIdOf(name);
      const expiresAt = new Date(clock.now() + lifetimeMs);
      const jwt = new SignJWT({ name, ...(role && { [config.ADMIN_CLAIM]: config[claimValues[role]] }) })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setIssuedAt(new Date(clock.now()))
        .setExpirationTime(expiresAt);
      if (config.JWT_ISSUER) jwt.setIssuer(config.JWT_ISSUER);
      if (config.JWT_AUDIENCE) jwt.setAudience(config.JWT_AUDIENCE);
      const token = await jwt.sign(key);
      const headers: Record<string, string> = setCookie ? { 'Set-Cookie': setCookie } : {};
      return { status: 200, headers, body: { token, userId, expiresAt: expiresAt.toISOString() } };
    },
  });

  async function checkPassword(throttle: LoginThrottle, from: LoginSource, password = '') {
    const expected = [config.ADMIN_PASSWORD, config.ADMIN_PASSWORD_PREVIOUS];
    const attempt = await throttle.attempt(from, password, expected);
    if (!attempt.isRight) throw new Problem('UNAUTHENTICATED', { detail: 'That name needs its password.' });
    return attempt;
  }
}
