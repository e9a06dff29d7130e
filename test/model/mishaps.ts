import { MongoServerError } from 'mongodb';
import type { Models } from '../../shared/models';
import type { Mishap } from './steps';
import { wrapModels } from './wrap-models';

/** Thrown where the process would have died. */
export class Crashed extends Error {}

/**
 * Lets the last write of the next transaction go wrong, once.
 * @param die ends the process as far as one can: what it had written is in no commit
 */
export function withMishap(models: Models, mishap: Mishap, die: () => Promise<never>): Models {
  if (mishap !== 'conflict' && mishap !== 'crash before commit') return models;
  let pending = true;
  return wrapModels(models, 'fences', (inner) => ({
    async command(statement, options) {
      const written = await inner.command(statement, options);
      if (!pending || !statement.update) return written;
      pending = false;
      if (mishap === 'crash before commit') return die();
      const errorLabels = ['TransientTransactionError'];
      throw new MongoServerError({ message: 'WriteConflict', code: 112, errorLabels });
    },
  }));
}
