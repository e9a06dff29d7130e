import { MongoBulkWriteError, MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb';
import { isCausedBy, isSocketError, type TransientCause } from '../../shared/platform/store-errors';
import { LateWrite } from '../../shared/platform/write-deadline';

/** Of the server errors that pass: those after which the transaction has left nothing behind. */
const causes: TransientCause[] = ['election', 'shutdown', 'interrupted'];

/** Whether a group failed for a cause outside it, so that the very same group may succeed later. */
export function isTransient(error: unknown): boolean {
  // A bulk write wraps what kept it from being sent or answered.
  if (error instanceof MongoBulkWriteError && isTransient(error.errorResponse)) return true;
  if (!(error instanceof MongoError)) return isSocketError(error);
  return (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof LateWrite ||
    ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'].some((label) =>
      error.hasErrorLabel(label),
    ) ||
    isCausedBy(error, causes)
  );
}

/** Whether MongoDB refuses this user or this kind of server the work as such: no command is to blame, and it may be mended. */
export function isRefused(error: unknown): boolean {
  if (error instanceof MongoBulkWriteError && isRefused(error.errorResponse)) return true;
  // Unauthorized, AuthenticationFailed, IllegalOperation (transactions on a single mongod), Atlas' own.
  return error instanceof MongoError && [13, 18, 20, 8000].includes(Number(error.code));
}
