import { createHash } from 'node:crypto';
import type { Config } from '../platform/config';
import { type CommandKind, catalogue, type PayloadOf } from './catalogue';
import type { CommandDoc } from './command.model';
import { laneOf } from './lane-of';

/** What a command is made of; `key` null for commands of the product's own. */
export interface CommandRequest<K extends CommandKind> {
  kind: K;
  payload: PayloadOf<K>;
  userId: string;
  key: string | null;
  trace?: string;
  /** Of the request that it came from. */
  requestId?: string;
}

/** The document of an accepted command. `dueAt` defaults to the moment of acceptance. */
export function newCommand<K extends CommandKind>(
  config: Config,
  id: string,
  request: CommandRequest<K>,
  acceptedAt: Date,
  dueAt = acceptedAt,
): CommandDoc {
  const { exclusive } = catalogue[request.kind] as { exclusive?(payload: PayloadOf<K>, userId: string): string };
  return {
    _id: id,
    kind: request.kind,
    lane: laneOf(config, request.kind, request.payload, request.userId),
    userId: request.userId,
    payload: request.payload,
    key: request.key,
    fingerprint: fingerprint(request.kind, request.payload),
    status: 'accepted',
    acceptedAt,
    dueAt,
    finishedAt: null,
    result: null,
    problem: null,
    epoch: null,
    position: null,
    ...(exclusive && { exclusive: exclusive(request.payload, request.userId) }),
    ...(request.trace !== undefined && { trace: request.trace }),
    ...(request.requestId && { requestId: request.requestId }),
  };
}

/**
 * SHA-256 over kind and payload, for telling a repeat from another request under the same key. What the product adds to
 * the payload stays out: a version that adds more must still know the repeats of what an earlier one accepted.
 */
export function fingerprint(kind: CommandKind, payload: unknown): string {
  const { added: addedTo } = catalogue[kind] as { added?(payload: unknown): readonly string[] };
  const added = addedTo?.(payload) ?? [];
  const asked = Object.entries(payload as object).filter(([field]) => !added.includes(field));
  return createHash('sha256')
    .update(JSON.stringify([kind, Object.fromEntries(asked)]))
    .digest('base64url');
}
