// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface Lanes {
  items: LaneNumbers[];
}

export interface LaneNumbers {
  lane: string;
  /** The worker that carries it out; null: none */
  owner: string | null;
  /** `due` and `later` together */
  unfinished: number;
  /** Commands to be carried out now */
  due: number;
  /** Commands for a later time: ends of holds */
  later: number;
  /** How long the oldest due command has been due; null: none is */
  oldestSeconds: number | null;
  /** Commands that it has ever carried out: two readings make a rate */
  carriedOut: number;
}

export interface AdminLanesOperations {
  /** Unfinished commands of every lane */
  'GET /v1/admin/lanes': { answer: Lanes };
}
