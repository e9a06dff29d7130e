import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Logger } from '../../shared/platform/logger';
import type { Download } from './route';

/**
 * Sends a file while it is made. No length is said, so a file that could not be made to its end is no complete answer: the
 * connection ends without the last chunk, which every client reports. A client that goes away ends the making.
 */
export async function sendDownload(
  request: Request,
  response: Response,
  { fileName, parts }: Download,
  logger: Logger,
): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`);
  if (request.method === 'HEAD') return void response.end();
  const iterator = parts[Symbol.asyncIterator]();
  // Before anything is sent an error still has an answer of its own.
  const first = await iterator.next();
  try {
    await pipeline(Readable.from(resume(first, iterator), { objectMode: false, highWaterMark: 1 }), response);
  } catch (error) {
    // The connection is ended by now, without the last chunk. The client may just have gone away.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      const requestId = response.getHeader('x-request-id');
      logger.warn({ requestId, user: response.locals.user, fileName, error }, 'download not completed');
    }
  }
}

/** The rest of what was begun. */
async function* resume(first: IteratorResult<string>, iterator: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    for (let next = first; !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
