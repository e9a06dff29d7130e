import { LRUCache } from 'lru-cache';
import type { PendingCommand } from '../../shared/commands/command.model';
import { laneOf } from '../../shared/commands/lane-of';
import { decodeStored } from '../../shared/commands/stored-channel';
import type { Context } from '../../shared/context';
import { checkPayload } from '../batches/run-batch';

/** `due`: some command has come to its time; `anything`: commands of any age. */
type Missed = 'nothing' | 'due' | 'anything';

/**
 * The commands that wait in this worker's lanes, as far as it knows of them. API processes publish each command with
 * the one before it in its lane, so a worker knows whether it has missed any. While it has not, it need not ask MongoDB
 * what is next, which would walk over all that was finished lately. Once it has, it reads until nothing is left.
 */
export interface Inbox {
  join(lane: string): void;
  leave(lane: string): void;
  /** A message of an API process. */
  receive(message: string): void;
  /** Whether all these commands are waiting here or were finished a moment ago. */
  knows(commandIds: readonly string[]): boolean;
  isFinished(commandId: string): boolean;
  /** Something was missed, or may have been. */
  miss(what: Exclude<Missed, 'nothing'>): void;
  hasMissed(): boolean;
  isWaiting(commandId: string): boolean;
  /** How many commands wait. */
  size(): number;
  /** Those, oldest first. */
  oldest(size: number): PendingCommand[];
  /** What may wait that is not here. From this call on, what is missed counts for the next one. */
  takeMissed(): Missed;
  /** These need not be looked at again. */
  finish(commandIds: readonly string[]): void;
  /** These are put off: they will be read. */
  putOff(commandIds: readonly string[]): void;
  /** Nothing is certain any more: all is to be read. */
  forget(): void;
}

/** Commands of which a process may know at most; of further ones it only knows that they are there. */
const maxWaiting = 5000;
/** Finished commands that are remembered, for jobs that come after them. */
const maxFinished = 20_000;
/** API processes whose last commands are remembered, for each lane. */
const maxSenders = 500;

/** @param onReceived called when there is something to do */
export function createInbox({ config, logger }: Pick<Context, 'config' | 'logger'>, onReceived: () => void): Inbox {
  /** Of each lane, the last command that each API process has stored. */
  const last = new Map<string, LRUCache<string, string>>();
  const waiting = new Map<string, PendingCommand>();
  const finished = new LRUCache<string, true>({ max: maxFinished });
  let missed: Missed = 'anything';

  function take(from: string, command: PendingCommand, previous: string): void {
    const senders = last.get(command.lane);
    if (!senders) return;
    if ((senders.get(from) ?? '') !== previous) missed = 'anything';
    senders.set(from, command._id);
    if (waiting.size >= maxWaiting || !isSound(command)) missed = 'anything';
    else if (!finished.has(command._id)) waiting.set(command._id, command);
  }

  /** What is not is left to the reading of what is stored: it says why a command fails. The product's own come in no message. */
  function isSound({ _id, kind, lane, payload, userId }: PendingCommand): boolean {
    try {
      checkPayload(_id, kind, payload);
      const isClients = kind !== 'hold.expire' && kind !== 'standby.offer' && kind !== 'standby.close';
      return isClients && lane === laneOf(config, kind, payload as never, userId);
    } catch {
      return false;
    }
  }

  return {
    join(lane) {
      last.set(lane, new LRUCache({ max: maxSenders }));
      missed = 'anything';
      onReceived();
    },
    leave(lane) {
      last.delete(lane);
      for (const [id, command] of waiting) if (command.lane === lane) waiting.delete(id);
    },
    receive(text) {
      try {
        const message = decodeStored(text);
        if (!message.commands.some(({ command }) => last.has(command.lane))) return;
        for (const { command, previous } of message.commands) take(message.from, command, previous);
      } catch (error) {
        missed = 'anything';
        logger.warn({ error }, 'a message of stored commands is not one');
      }
      onReceived();
    },
    knows: (ids) => ids.every((id) => waiting.has(id) || finished.has(id)),
    isFinished: (id) => finished.has(id),
    miss(what) {
      if (missed !== 'anything') missed = what;
      onReceived();
    },
    hasMissed: () => missed !== 'nothing',
    isWaiting: (id) => waiting.has(id),
    size: () => waiting.size,
    oldest: (size) => [...waiting.values()].sort(byAge).slice(0, size),
    takeMissed() {
      const was = missed;
      missed = 'nothing';
      return was;
    },
    finish(ids) {
      for (const id of ids) {
        waiting.delete(id);
        finished.set(id, true);
      }
    },
    putOff(ids) {
      for (const id of ids) waiting.delete(id);
    },
    forget() {
      waiting.clear();
      // What comes next shows a gap, even if the reading of what is there does not yet see what was waiting.
      for (const senders of last.values()) senders.clear();
      missed = 'anything';
    },
  };
}

/** The order in which a lane's commands take effect. */
function byAge(a: PendingCommand, b: PendingCommand): number {
  return a.dueAt.getTime() - b.dueAt.getTime() || (a._id < b._id ? -1 : 1);
}
