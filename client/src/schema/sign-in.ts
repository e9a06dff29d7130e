// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface SignedIn {
  /** Bearer token */
  token: string;
  userId: string;
  expiresAt: string;
}

export interface SignIn {
  /** Any name; the same name is the same user */
  name: string;
  /** For the names `admin` and `cashier` only */
  password?: string;
}

export interface SignInOperations {
  /** Get a bearer token for a name */
  'POST /v1/sign-in': { body: SignIn; answer: SignedIn };
}
