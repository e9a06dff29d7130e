import { wrapModels } from '../wrap-models';
import type { Fault } from './fault';

/** Whoever stores a command takes "there is one already" for success, and answers with the id of the new one. */
export const swallowedDuplicate: Fault = {
  models: (models) =>
    wrapModels(models, 'commands', (inner) => ({
      insertOne: (doc, options) => inner.insertOne(doc, options).catch(unlessDuplicate),
      insertMany: (docs, options) => inner.insertMany(docs, options).catch(unlessDuplicate),
    })),
};

function unlessDuplicate(error: { code?: unknown }): void {
  if (error.code !== 11000) throw error;
}
