import type { RequestHandler } from 'express';
import type { Clock } from '../../shared/platform/clock';
import type { NewId } from '../../shared/platform/ids';

/**
 * Takes the client's `X-Request-Id` if it is fit for a log line, else makes one; either way it goes out again. What a
 * JSON answer needs beside it: to be taken for nothing but JSON.
 * @param newId ids that increase: commands are indexed by them, and what is random enters an index anywhere
 */
export function commonHeaders(newId: NewId): RequestHandler {
  return (request, response, next) => {
    const given = request.headers['x-request-id'];
    const isFit = typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given);
    response.setHeader('X-Request-Id', isFit ? given : newId('request'));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    next();
  };
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
