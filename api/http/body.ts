import { isUtf8 } from 'node:buffer';
import type { Request } from 'express';
import { Problem } from '../../shared/platform/errors';
import { invalid } from './parse';

/** Bytes. Every command is far smaller. */
const jsonLimit = 16 * 1024;

/** `utf8` is no registered name, but what many clients write. */
const json = /^application\/json *(; *charset="?utf-?8"? *)?$/i;

/**
 * Reads a JSON body into `request.body`, which stays undefined without one. `express.json` does the same, for a tenth of
 * all the work that this process has with a command.
 * @throws Problem UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, VALIDATION_FAILED
 */
export function readBody(request: Request): Promise<void> | undefined {
  return read(request, jsonLimit)?.then((body) => {
    // A body in chunks may turn out to be none.
    if (body.length > 0) request.body = parseJson(body);
  });
}

/**
 * Reads a body of at most `limit` bytes into `request.body` as it is: a Buffer.
 * @param orCsv whether comma-separated values are taken as well as JSON
 * @throws as `readBody`, save for what is in it
 */
export async function readRawBody(request: Request, limit: number, orCsv = false): Promise<void> {
  request.body = (await read(request, limit, orCsv)) ?? Buffer.alloc(0);
}

/** Encodings are looked at by whoever parses it. */
const csv = /^text\/csv *(;|$)/i;

export const isCsv = (contentType: string) => csv.test(contentType);

function read(request: Request, limit: number, orCsv = false): Promise<Buffer> | undefined {
  const { headers } = request;
  const length = Number(headers['content-length'] ?? 0);
  if (headers['transfer-encoding'] === undefined && length === 0) return undefined;
  const type = headers['content-type'] ?? '';
  const isTaken = json.test(type) || (orCsv && isCsv(type));
  if (!isTaken || (headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', orCsv ? { detail: 'Neither application/json nor text/csv.' } : {});
  if (length > limit) throw new Problem('PAYLOAD_TOO_LARGE');
  return collect(request, limit);
}

/** All bytes of a body, which may come in pieces and without saying how long it will be. */
function collect(request: Request, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= limit) return void pieces.push(piece);
      request.pause();
      reject(new Problem('PAYLOAD_TOO_LARGE'));
    });
    request.once('end', () => resolve(Buffer.concat(pieces)));
    request.once('error', () => reject(invalid([{ path: 'body', message: 'Ended before its end' }])));
  });
}

/**
 * RFC 8259, 8.1 and 8.2: UTF-8, and no half of a surrogate pair, which would be stored as U+FFFD: two names, one user. A byte
 * order mark, which PowerShell and .NET put before it, is passed over.
 */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw invalid([{ path: 'body', message: 'Not UTF-8' }]);
  const start = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  const text = body.toString('utf8', start);
  try {
    return JSON.parse(text, /\\ud[89a-f]/i.test(text) ? refuseHalfPairs : undefined);
  } catch (error) {
    throw error instanceof Problem ? error : invalid([{ path: 'body', message: 'Not valid JSON' }]);
  }
}

function refuseHalfPairs(key: string, value: unknown): unknown {
  if (isHalfPair(key) || isHalfPair(value)) throw invalid([{ path: 'body', message: 'Half of a surrogate pair' }]);
  return value;
}

function isHalfPair(text: unknown): boolean {
  return typeof text === 'string' && /\p{Surrogate}/u.test(text);
}
