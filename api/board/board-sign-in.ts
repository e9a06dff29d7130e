import type { RequestHandler, Response } from 'express';
import { isSameSecret } from '../auth/same-secret';
import type { ApiContext } from '../context';

/**
 * HTTP Basic for `admin` and ADMIN_PASSWORD: every browser asks for it by itself. There is nothing on the board that a
 * forged request could change, so no session and no CSRF token are needed. Bearer tokens open nothing here.
 * @throws Problem RATE_LIMITED after several wrong passwords from one network
 */
export function boardSignIn({ config, guesses }: Pick<ApiContext, 'config' | 'guesses'>): RequestHandler {
  const expected = `admin:${config.ADMIN_PASSWORD}`;
  return async (request, response, next) => {
    const { authorization, cookie } = request.headers;
    const given = credentials(authorization);
    if (given === null) return askToSignIn(response);
    const guesser = { address: request.ip ?? '', cookies: cookie };
    const { isRight, setCookie } = await guesses.take(guesser, isSameSecret(given, expected));
    if (!isRight) return askToSignIn(response);
    if (setCookie) response.setHeader('Set-Cookie', setCookie);
    next();
  };
}

/** `name:password` of a Basic header; null for anything else. */
function credentials(authorization = ''): string | null {
  const encoded = /^basic +([\w+/]+=*) *$/i.exec(authorization)?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString();
}

function askToSignIn(response: Response): void {
  response.statusCode = 401;
  response.setHeader('WWW-Authenticate', 'Basic realm="Frontrow board", charset="UTF-8"');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end('Sign in as admin, with ADMIN_PASSWORD.\n');
}
