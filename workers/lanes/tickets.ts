import { UnrecoverableError } from 'bullmq';

/**
 * The BullMQ jobs that a lane has in hand. A job only says that its command waits: what to do, and in which order, is
 * read from MongoDB. So a job may come late, twice, or for a command that is long finished.
 */
export interface Tickets {
  /** Resolves when the command is finished, rejects when it failed for good. */
  take(commandId: string): Promise<void>;
  waiting(): string[];
  settle(commandIds: Iterable<string>): void;
  /** Shows the job as failed in Bull Board. */
  fail(commandId: string, reason: string): void;
  /** Settles everything, and at once what still comes: the lane's next owner reads what is left from MongoDB. */
  close(): void;
}

interface Ticket {
  resolve(): void;
  reject(error: Error): void;
}

export function createTickets(ring: () => void): Tickets {
  const tickets = new Map<string, Ticket[]>();
  let closed = false;

  function end(commandId: string, how: (ticket: Ticket) => void): void {
    const those = tickets.get(commandId);
    tickets.delete(commandId);
    those?.forEach(how);
  }

  return {
    take: (commandId) =>
      new Promise((resolve, reject) => {
        if (closed) return resolve();
        const those = tickets.get(commandId);
        if (those) those.push({ resolve, reject });
        else tickets.set(commandId, [{ resolve, reject }]);
        ring();
      }),
    waiting: () => [...tickets.keys()],
    settle(commandIds) {
      for (const id of commandIds) end(id, (ticket) => ticket.resolve());
    },
    close() {
      closed = true;
      for (const id of [...tickets.keys()]) end(id, (ticket) => ticket.resolve());
    },
    fail: (commandId, reason) => end(commandId, (ticket) => ticket.reject(new UnrecoverableError(reason))),
  };
}
