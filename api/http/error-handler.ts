import type { NextFunction, Request, Response } from 'express';
import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';
import { MongooseError } from 'mongoose';
import { Problem, problemDocument } from '../../shared/platform/errors';
import type { Logger } from '../../shared/platform/logger';
import { isCausedBy, isSocketError, type TransientCause } from '../../shared/platform/store-errors';
import { invalid } from './parse';
import { isPipelined } from './pipeline';

/** The one translator from errors to HTTP: RFC 9457 documents, headers, and a log line where it is worth one. */
export function errorHandler(logger: Logger) {
  // Express knows error handlers by their four arguments.
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const problem = problemOf(error);
    const { method, path } = request;
    const requestId = response.getHeader('x-request-id');
    const { user } = response.locals;
    if (problem.status === 500) logger.error({ requestId, user, method, path, error }, 'request failed');
    // Overload is counted; a log line for each request would only add to it.
    else if (problem.status > 500 && problem.code !== 'OVERLOADED')
      logger.warn({ requestId, user, method, path, error }, 'request not served');
    if (response.headersSent || response.destroyed) response.destroy();
    else sendProblem(request, response, problem);
  };
}

function sendProblem(request: Request, response: Response, problem: Problem): void {
  const { code, detail, extra, status, retryAfterSeconds } = problem;
  const body = JSON.stringify(problemDocument(code, detail, extra));
  response.statusCode = status;
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', Math.ceil(retryAfterSeconds));
  const challenge = challengeOf(request, status);
  if (challenge) response.setHeader('WWW-Authenticate', challenge);
  // RFC 9110, 15.5.16: what would have been taken.
  if (status === 415) {
    const isCoded = (request.headers['content-encoding'] ?? 'identity') !== 'identity';
    response.setHeader(isCoded ? 'Accept-Encoding' : 'Accept', isCoded ? 'identity' : 'application/json');
  }
  // Whoever sent more requests ahead than there may be is answered once.
  if (code === 'RATE_LIMITED' && isPipelined(request.socket)) response.setHeader('Connection', 'close');
  // The rest of an oversized body is not worth reading.
  if (status === 413) response.setHeader('Connection', 'close');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}

/** RFC 6750, 3: the answer to a token that was sent and is not valid names the error; without a token it only asks for one. */
function challengeOf({ headers: { authorization = '' } }: Request, status: number): string | null {
  const sentToken = /^bearer\b/i.test(authorization);
  if (status === 401) return sentToken ? 'Bearer error="invalid_token"' : 'Bearer';
  return status === 403 && sentToken ? 'Bearer error="insufficient_scope"' : null;
}

/** An error thrown below the handlers, as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isStoreAway(error)) return new Problem('SERVICE_UNAVAILABLE', { cause: error });
  if (error instanceof URIError) return invalid([{ path: 'path', message: 'Not a valid percent-encoding' }]);
  return new Problem('INTERNAL_ERROR', { cause: error });
}

/** Server errors that pass when a primary is back. */
const storeAway: TransientCause[] = ['election', 'shutdown', 'network', 'timeout', 'unacknowledged'];
/** The driver's own errors that are mistakes of ours; all others are about a server that could not be asked. */
const mongoMisused = /InvalidArgument|Parse|API|Compatibility|Transaction|Cursor|BSON/;
const redisAway =
  /^(Stream isn't writeable|Connection is closed|Command timed out|Reached the max retries|LOADING|READONLY|MISCONF|OOM|BUSY|NOREPLICAS|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|Cluster isn't ready|Cluster is|Too many Cluster redirections|None of startup nodes|Failed to refresh slots)/;
/** Before version 7 Redis wraps what a script was refused: `ERR Error running script (…): @user_script:1: -OOM command …`. */
const refusedScript = /^ERR Error running script .*: -(?=[A-Z])/s;
/** Whether this is a driver's error because its store can't be reached now. */
function isStoreAway(error: unknown): boolean {
  // A bulk write wraps the error that kept it from being sent or answered.
  if (error instanceof MongoBulkWriteError && error.errorResponse instanceof Error)
    return isStoreAway(error.errorResponse);
  if (error instanceof MongoServerError)
    return isCausedBy(error, storeAway) || error.hasErrorLabel('RetryableWriteError');
  if (error instanceof MongoError) return !mongoMisused.test(error.name);
  if (error instanceof MongooseError) return /initial connection|disconnect|closed/i.test(error.message);
  const message = (error as Error | undefined)?.message ?? '';
  return redisAway.test(message.replace(refusedScript, '')) || isSocketError(error);
}
