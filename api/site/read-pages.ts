import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file as it can go over the wire. */
export interface Asset {
  type: string;
  plain: Buffer;
  br: Buffer;
  gzip: Buffer;
}

/** A page, and the addresses that show it: `/points`, or `/concerts/*` for everything below. */
interface Page {
  html: string;
  paths: string[];
}

interface Pages {
  /** By address: `/assets/fan-ABCDEFGH.js`. */
  assets: ReadonlyMap<string, Asset>;
  pages: readonly Page[];
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What `npm run pages` built, in memory: it is small. Null when nothing is built. */
export function readPages(folder: string): Pages | null {
  if (!existsSync(join(folder, 'pages.json'))) return null;
  const listed: { file: string; paths: string[] }[] = JSON.parse(readFileSync(join(folder, 'pages.json'), 'utf8'));
  const pages = listed.map(({ file, paths }) => ({ paths, html: readFileSync(join(folder, file), 'utf8') }));
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(join(folder, 'assets'))) {
    const type = types[extname(name)];
    const read = (suffix: string) => readFileSync(join(folder, 'assets', `${name}${suffix}`));
    if (type) assets.set(`/assets/${name}`, { type, plain: read(''), br: read('.br'), gzip: read('.gz') });
  }
  return { assets, pages };
}
