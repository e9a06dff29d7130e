import { createHash } from 'node:crypto';

/** The user who signs in by a name: the same one however it is spelt. */
export function userIdOf(name: string): string {
  return `user_${createHash('sha256').update(normalised(name)).digest('hex').slice(0, 20)}`;
}

export function normalised(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');
}
