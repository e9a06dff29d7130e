import type { Role } from './roles';

/** Who a bearer token speaks for. */
export interface User {
  id: string;
  /** For people to read; not unique. Null when the token has none. */
  name: string | null;
  roles: readonly Role[];
  /** When the token ends, ms. */
  expiresAt: number;
}
