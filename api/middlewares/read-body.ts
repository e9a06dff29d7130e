import express, { type Request, type Response } from 'express';
import { Problem } from '../../shared/platform/errors';

/** Bytes. Every command is far smaller. */
const limit = 16 * 1024;

const json = express.json({ limit, inflate: false, type: 'application/json' });

/**
 * Parses a JSON body into `request.body`, which stays undefined without one.
 * @throws Problem UNSUPPORTED_MEDIA_TYPE for any other content type; the parser's own errors
 */
export function readBody(request: Request, response: Response): Promise<void> | undefined {
  const { headers } = request;
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return undefined;
  return new Promise((resolve, reject) => {
    json(request, response, (error?: unknown) => {
      if (error !== undefined) reject(error);
      else if (request.body === undefined) reject(new Problem('UNSUPPORTED_MEDIA_TYPE'));
      else resolve();
    });
  });
}
