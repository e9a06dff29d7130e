import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Which room, and since which reset, a token is good for. */
interface TokenScope {
  concertId: string;
  epoch: number;
}

/**
 * The user's token for a room: 256 bits that only the holder of the secret can make, the same ones every time. So a
 * repeat from any tab or device gets the same token, also after Redis was lost, and garbage is refused without asking
 * Redis. 43 characters of base64url.
 */
export function makeQueueToken(secret: string, { concertId, epoch }: TokenScope, userId: string): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['queue-token', concertId, epoch, userId]))
    .digest('base64url');
}

/** Compares in a time that tells nothing about the tokens. */
export function sameToken(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What Redis knows a token by: 128 bits of its SHA-256, 22 characters. The token itself is stored nowhere. */
export function placeOf(token: string): string {
  return createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
}
