import { z } from 'zod';
import type { Config } from '../platform/config';
import type { CommandKind } from './catalogue';
import type { PendingCommand } from './command.model';

/** Redis channel on which API processes publish the commands they have stored, for the workers that own their lanes. */
export function storedChannel({ QUEUE_PREFIX }: Pick<Config, 'QUEUE_PREFIX'>): string {
  return `${QUEUE_PREFIX}:stored`;
}

/** A stored command, and the one that the same API process has stored before it in the same lane; '' for its first. */
interface StoredCommand {
  command: PendingCommand;
  previous: string;
}

/** One insert of an API process. */
export interface StoredMessage {
  /** Which API process. */
  from: string;
  commands: StoredCommand[];
}

const wire = z.object({
  from: z.string(),
  commands: z.array(
    z.object({
      _id: z.string(),
      // Of whatever version: one that is not known here is left to the reading of what is stored.
      kind: z.string(),
      lane: z.string(),
      userId: z.string(),
      payload: z.looseObject({}),
      acceptedAt: z.int(),
      trace: z.string().optional(),
      requestId: z.string().optional(),
      previous: z.string(),
    }),
  ),
});

export function encodeStored({ from, commands }: StoredMessage): string {
  return JSON.stringify({
    from,
    commands: commands.map(
      ({ command: { _id, kind, lane, userId, payload, acceptedAt, trace, requestId }, previous }) => ({
        ...{ _id, kind, lane, userId, payload: payload as object, acceptedAt: acceptedAt.getTime(), previous },
        ...(trace !== undefined && { trace }),
        ...(requestId !== undefined && { requestId }),
      }),
    ),
  });
}

/** @throws when the message is malformed */
export function decodeStored(text: string): StoredMessage {
  const { from, commands } = wire.parse(JSON.parse(text));
  return {
    from,
    commands: commands.map(({ acceptedAt: ms, previous, ...rest }) => {
      const acceptedAt = new Date(ms);
      return { command: { ...rest, kind: rest.kind as CommandKind, acceptedAt, dueAt: acceptedAt }, previous };
    }),
  };
}
