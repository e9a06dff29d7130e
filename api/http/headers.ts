import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

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
