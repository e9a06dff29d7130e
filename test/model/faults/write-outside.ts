import { wrapModels } from '../wrap-models';
import type { Fault } from './fault';

/** The ledger is written without the transaction's session: it stays when the transaction is given up. */
export const writeOutside: Fault = {
  worker: (models) =>
    wrapModels(models, 'pointEntries', (inner) => ({
      command: (statement) => inner.command(statement),
    })),
};
