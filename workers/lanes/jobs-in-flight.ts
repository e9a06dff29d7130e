/**
 * The BullMQ jobs that a lane has in hand. A job only says that commands wait: what to do, and in which order, is read
 * from MongoDB. So a job may come late, twice, or for commands that are long finished.
 */
export interface Tickets {
  /** Resolves when all the job's commands are finished. */
  take(commandIds: string[]): Promise<void>;
  /** Ids of commands. */
  waiting(): string[];
  settle(commandIds: Iterable<string>): void;
  /** Settles everything, and at once what still comes: the lane's next owner reads what is left from MongoDB. */
  close(): void;
}

interface Ticket {
  unfinished: Set<string>;
  resolve(): void;
}

export function createTickets(ring: () => void): Tickets {
  const tickets = new Map<string, Ticket[]>();
  let closed = false;

  function settle(commandIds: Iterable<string>): void {
    for (const id of commandIds) {
      for (const { unfinished, resolve } of tickets.get(id) ?? []) {
        unfinished.delete(id);
        if (unfinished.size === 0) resolve();
      }
      tickets.delete(id);
    }
  }

  return {
    settle,
    take: (commandIds) =>
      new Promise((resolve) => {
        ring();
        if (closed || commandIds.length === 0) return resolve();
        const ticket = { unfinished: new Set(commandIds), resolve };
        for (const id of ticket.unfinished) tickets.set(id, [...(tickets.get(id) ?? []), ticket]);
      }),
    waiting: () => [...tickets.keys()],
    close() {
      closed = true;
      settle([...tickets.keys()]);
    },
  };
}
