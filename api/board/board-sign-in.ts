import type { RequestHandler, Response } from 'express';
import { isOneOfSecrets } from '../auth/same-secret';
import type { ApiContext } from '../context';

/**
 * HTTP Basic for `admin` and ADMIN_PASSWORD: every browser asks for it by itself. There is nothing on the board that a
 * forged request could change, so no cookie and no CSRF token are needed. Bearer tokens open nothing here.
 * @throws Problem RATE_LIMITED after several wrong passwords from one network
 */
export function boardSignIn({ config, guesses }: Pick<ApiContext, 'config' | 'guesses'>): RequestHandler {
  const passwords = [config.ADMIN_PASSWORD, config.ADMIN_PASSWORD_PREVIOUS];
  const expected = passwords.map((password) => password && `admin:${password}`);
  return (request, response, next) => {
    const given = credentials(request.headers.authorization);
    if (given === null) return askToSignIn(response);
    const address = request.ip ?? '';
    if (guesses.take(address, () => isOneOfSecrets(given, expected))) return next();
    askToSignIn(response);
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
