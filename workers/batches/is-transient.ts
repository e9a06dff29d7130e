import {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoOperationTimeoutError,
  MongoServerSelectionError,
} from 'mongodb';

/** Whether a group failed for a cause outside it, so that the very same group may succeed later. */
export function isTransient(error: unknown): boolean {
  // A bulk write wraps what kept it from being sent or answered.
  if (error instanceof MongoBulkWriteError && isTransient(error.errorResponse)) return true;
  // The driver lets through what the system says of a socket that just broke, such as ECONNRESET, and Node's own EPIPE.
  if (!(error instanceof MongoError)) {
    const { syscall, code } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
    return syscall !== undefined || code === 'EPIPE';
  }
  return (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoOperationTimeoutError ||
    ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'].some((label) =>
      error.hasErrorLabel(label),
    ) ||
    // MongoDB is shutting down or changing its primary, or a new owner ended this worker's session.
    [91, 11600, 11601, 11602, 10107, 13435, 13436, 189].includes(Number(error.code))
  );
}

/** Whether MongoDB refuses this user or this kind of server the work as such: no command is to blame, and it may be mended. */
export function isRefused(error: unknown): boolean {
  if (error instanceof MongoBulkWriteError && isRefused(error.errorResponse)) return true;
  // Unauthorized, AuthenticationFailed, IllegalOperation (transactions on a single mongod), Atlas' own.
  return error instanceof MongoError && [13, 18, 20, 8000].includes(Number(error.code));
}
