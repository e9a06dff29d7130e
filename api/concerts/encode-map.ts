import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { SeatMapSnapshot } from './seat-map-cache';

type Encoding = 'br' | 'gzip';

/** Bytes. Less than this fits into one packet anyway. */
const minBytes = 1400;

const compressors: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
};

const encoded = new WeakMap<SeatMapSnapshot, Map<Encoding, Promise<Buffer>>>();

/** A map in the encoding that its reader prefers, with an entity tag of its own. */
interface EncodedMap {
  encoding: Encoding | null;
  etag: string;
  /** Made once for each map and encoding, whoever asks. */
  bytes(): Promise<Buffer>;
}

/** As the reader wants it (RFC 9110, 12.5.3); as it is when it is small, or when the reader takes neither encoding. */
export function encodeMap(map: SeatMapSnapshot, acceptEncoding: string | undefined): EncodedMap {
  const encoding = map.bytes.length < minBytes ? null : preferredEncoding(acceptEncoding);
  if (!encoding) return { encoding, etag: map.etag, bytes: async () => map.bytes };
  const etag = `${map.etag.slice(0, -1)}-${encoding}"`;
  return {
    ...{ encoding, etag },
    bytes() {
      const made = encoded.get(map) ?? new Map<Encoding, Promise<Buffer>>();
      encoded.set(map, made);
      const bytes = made.get(encoding) ?? compressors[encoding](map.bytes);
      made.set(encoding, bytes);
      return bytes;
    },
  };
}

/** Brotli before gzip where both are as welcome; null when neither is. */
function preferredEncoding(accept = ''): Encoding | null {
  const weights = new Map<string, number>();
  for (const item of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    if (name) weights.set(name, Number(weight) || 0);
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br <= 0 && gz <= 0) return null;
  return br >= gz ? 'br' : 'gzip';
}
