/**
 * The BullMQ jobs of a lane that are in flight. A job only says that commands wait: what to do, and in which order, is read
 * from MongoDB. So a job may come late, twice, or for commands that are long finished.
 */
export interface JobsInFlight {
  /** Resolves when all the job's commands are finished. */
  add(commandIds: string[]): Promise<void>;
  /** Ids of commands. */
  waiting(): string[];
  complete(commandIds: Iterable<string>): void;
  /** Completes everything, and at once what still comes: the lane's next owner reads what is left from MongoDB. */
  close(): void;
}

interface JobInFlight {
  unfinished: Set<string>;
  resolve(): void;
}

export function createJobsInFlight(): JobsInFlight {
  const jobs = new Map<string, JobInFlight[]>();
  let closed = false;

  function complete(commandIds: Iterable<string>): void {
    for (const id of commandIds) {
      for (const { unfinished, resolve } of jobs.get(id) ?? []) {
        unfinished.delete(id);
        if (unfinished.size === 0) resolve();
      }
      jobs.delete(id);
    }
  }

  return {
    complete,
    add: (commandIds) =>
      new Promise((resolve) => {
        if (closed || commandIds.length === 0) return resolve();
        const job = { unfinished: new Set(commandIds), resolve };
        for (const id of job.unfinished) jobs.set(id, [...(jobs.get(id) ?? []), job]);
      }),
    waiting: () => [...jobs.keys()],
    close() {
      closed = true;
      complete([...jobs.keys()]);
    },
  };
}
