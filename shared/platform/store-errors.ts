import { MongoBulkWriteError, MongoServerError } from 'mongodb';

/** Codes of MongoDB's server errors that are transient: the same request may succeed later. By cause, with their names. */
const transientCodes = {
  // PrimarySteppedDown, NotWritablePrimary, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk,
  // NotPrimaryOrSecondary: the replica set changes its primary.
  election: [189, 10107, 11602, 13435, 13436],
  // ShutdownInProgress, InterruptedAtShutdown: this node ends; another one takes over.
  shutdown: [91, 11600],
  // HostUnreachable, HostNotFound, NetworkTimeout, SocketException: a node does not reach another one.
  network: [6, 7, 89, 9001],
  // MaxTimeMSExpired, NetworkInterfaceExceededTimeLimit, ExceededTimeLimit: the server was too slow.
  timeout: [50, 202, 262],
  // WriteConcernTimeout, UnsatisfiableWriteConcern: too few nodes have the write.
  unacknowledged: [64, 100],
  // Interrupted: someone has ended the operation, as a lane's new owner does with the session of the one before.
  interrupted: [11601],
} as const;

export type TransientCause = keyof typeof transientCodes;

/** Whether a server error has one of these causes. */
export function isCausedBy({ code }: { code?: unknown }, causes: readonly TransientCause[]): boolean {
  return causes.some((cause) => (transientCodes[cause] as readonly unknown[]).includes(code));
}

/** Whether a connection broke: the driver lets through errors with the name of a system call, and Node's own EPIPE. */
export function isSocketError(error: unknown): boolean {
  const { syscall, code } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return syscall !== undefined || code === 'EPIPE';
}

/** DuplicateKey. */
const duplicateKey = 11000;

/** Where in a write, which may be a bulk write, a document was there already; empty when anything else went wrong. */
export function duplicatesOf(error: unknown): number[] {
  if (!(error instanceof MongoBulkWriteError))
    return error instanceof MongoServerError && error.code === duplicateKey ? [0] : [];
  const errors = [error.writeErrors].flat();
  return errors.every(({ code }) => code === duplicateKey) ? errors.map(({ index }) => index) : [];
}
