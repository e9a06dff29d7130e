// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface Balance {
  balance: number;
}

export interface PointEntries {
  items: PointEntry[];
  nextCursor: string | null;
}

export interface PointEntry {
  /** 1, 2, 3 … without gaps */
  seq: number;
  kind: 'charge' | 'use';
  /** Always positive; `kind` says the direction */
  amount: number;
  balanceAfter: number;
  at: string;
  jobId: string;
  /** The payment that used the points, if one did */
  paymentId: string | null;
}

export interface PointsChargeJob {
  id: string;
  kind: 'points.charge';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    amount: number;
    balance: number;
  } | null;
  problem: Problem | null;
}

export interface PointChange {
  amount: number;
}

export interface PointsUseJob {
  id: string;
  kind: 'points.use';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    amount: number;
    balance: number;
  } | null;
  problem: Problem | null;
}
