import { createHash } from 'node:crypto';

/** Who signs in by a name: the same user however it is spelt. */
export function userIdOf(name: string): string {
  return `user_${createHash('sha256').update(normalised(name)).digest('hex').slice(0, 20)}`;
}

export function normalised(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');
}
