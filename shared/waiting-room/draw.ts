import { createHash, createHmac } from 'node:crypto';

/**
 * The seed of a waiting room's opening draw, 64 hex digits: derived, so that it is the same again when Redis is lost, and new
 * after a reset. Secret until the line opens.
 */
export function drawSeed(secret: string, concertId: string, epoch: number): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['draw', concertId, epoch]))
    .digest('hex');
}

/** What is published before the line opens: SHA-256 of the seed's bytes, in hex. */
export function drawSeedHash(seed: string): string {
  return createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex');
}

/** The order that draw number `number` gets; the lowest comes first. The same as drawOrder() in lua/enter.lua. */
export function drawOrder(seed: string, number: number): number {
  const digits = createHash('sha1').update(`${seed}:${number}`).digest('hex').slice(0, 13);
  return Number.parseInt(digits, 16);
}

/** The position, from 1, of a draw number among 1 to `participants`, as it was before anyone gave up. Takes O(n). */
export function drawnPosition(seed: string, number: number, participants: number): number {
  const own = drawOrder(seed, number);
  let position = 1;
  for (let other = 1; other <= participants; other++) if (drawOrder(seed, other) < own) position++;
  return position;
}
