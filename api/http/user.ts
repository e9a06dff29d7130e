/** Who a bearer token speaks for. */
export interface User {
  id: string;
  /** For people to read; not unique. Null when the token has none. */
  name: string | null;
  isAdmin: boolean;
  /** May add points to wallets. */
  isCashier: boolean;
  /** When the token ends, ms. */
  expiresAt: number;
}
