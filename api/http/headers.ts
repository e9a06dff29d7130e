import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../shared/platform/clock';

/**
 * Takes the client's `X-Request-Id` if it is fit for a log line, else makes one; either way it goes out again. What a
 * JSON answer needs beside it: to be taken for nothing but JSON.
 */
export function commonHeaders(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  response.setHeader(
    'X-Request-Id',
    typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID(),
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  next();
}

/**
 * `Date` by the clock that holds and sessions end by, which follows the database's and not this machine's: pages count down
 * by it.
 */
export function dateHeader(clock: Clock): RequestHandler {
  let second = 0;
  let text = '';
  return (_request, response, next) => {
    const now = Math.floor(clock.now() / 1000);
    if (now !== second) text = new Date(now * 1000).toUTCString();
    second = now;
    response.setHeader('Date', text);
    next();
  };
}
