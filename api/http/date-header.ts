import type { RequestHandler } from 'express';
import type { Clock } from '../../shared/platform/clock';

/**
 * `Date` by the clock that holds and visits end by, which follows the database's and not this machine's: pages count down
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
