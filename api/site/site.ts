import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Config } from '../../shared/platform/config';
import { projectRoot } from '../../shared/platform/project-root';
import { sellsPoints } from '../../shared/top-ups/open-provider';
import { type Asset, readPages } from './read-pages';

/**
 * Nothing but the page's own files; no inline script or style, and no way to make either from text (Trusted Types), so
 * that text from elsewhere can't become code that reads the tokens.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** A year: the name changes with the content. */
const immutable = 'public, max-age=31536000, immutable';

/** The pages for people, at the addresses that they name themselves; the API's documentation at `/` when none are built. */
export function site(config: Config): Router {
  const router = Router({ caseSensitive: true });
  const built = readPages(join(projectRoot, 'dist-web'));
  if (!built)
    return config.DOCS === config.PAGES ? router.get('/', (_request, response) => response.redirect('/docs/')) : router;
  for (const [path, asset] of built.assets) router.get(path, send(asset, immutable));
  for (const { html, paths } of built.pages) {
    const page = send(compress(html.replace('{{settings}}', settingsFor(config))), 'no-cache', policy);
    for (const path of paths) router.get(path.replace('*', '*rest'), page);
  }
  return router;
}

/** What the pages need to know before they ask: limits, and how people sign in. Nothing secret. */
function settingsFor(config: Config): string {
  const { MAX_SEATS_PER_HOLD, MAX_POINTS_PER_CHANGE, SIGN_IN, CHARGES } = config;
  const { MIN_TOP_UP, MAX_TOP_UP, POINTS_PER_UNIT, TOP_UP_CURRENCY } = config;
  const settings = {
    maxSeats: MAX_SEATS_PER_HOLD,
    maxPoints: MAX_POINTS_PER_CHANGE,
    signIn: SIGN_IN,
    charges: CHARGES,
    topUps: sellsPoints(config)
      ? { min: MIN_TOP_UP, max: MAX_TOP_UP, pointsPerUnit: POINTS_PER_UNIT, currency: TOP_UP_CURRENCY }
      : null,
  };
  return JSON.stringify(settings).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function compress(html: string): Asset {
  const plain = Buffer.from(html);
  return { type: 'text/html; charset=utf-8', plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) };
}

function send(asset: Asset, caching: string, contentPolicy?: string) {
  const etag = `"${createHash('sha256').update(asset.plain).digest('base64url').slice(0, 27)}"`;
  return (request: Request, response: Response, _next: NextFunction): void => {
    response.setHeader('Cache-Control', caching);
    response.vary('Accept-Encoding');
    response.setHeader('ETag', etag);
    if (contentPolicy) response.setHeader('Content-Security-Policy', contentPolicy);
    if (request.headers['if-none-match']?.includes(etag)) return void response.status(304).end();
    const encoding = (['br', 'gzip'] as const).find((one) => request.acceptsEncodings(one));
    const bytes = asset[encoding ?? 'plain'];
    response.setHeader('Content-Type', asset.type);
    if (encoding) response.setHeader('Content-Encoding', encoding);
    response.setHeader('Content-Length', bytes.length);
    response.end(bytes);
  };
}
