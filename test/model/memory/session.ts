import { type ClientSession, MongoError } from 'mongodb';

/** What the product's code uses of a driver's session: all of a transaction or none of it. */
export interface MemorySession {
  /** Reports a write of the transaction in flight, and how to take it back. */
  written(undo: () => void): void;
  withTransaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
}

/** Transactions of one session, one after another; another session's never come in between. */
export function createSession(): MemorySession {
  let undos: (() => void)[] = [];
  const session: MemorySession = {
    written: (undo) => void undos.push(undo),
    async withTransaction(work) {
      undos = [];
      try {
        return await work(session as unknown as ClientSession);
      } catch (error) {
        for (const undo of undos.reverse()) undo();
        if (!(error instanceof MongoError && error.hasErrorLabel('TransientTransactionError'))) throw error;
        return session.withTransaction(work);
      }
    },
  };
  return session;
}
