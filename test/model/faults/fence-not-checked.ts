import type { Document } from 'mongodb';
import { wrapModels } from '../wrap-models';
import type { Fault } from './fault';

/** A worker finds every fence as it left it, whoever has raised it since. */
export const fenceNotChecked: Fault = {
  worker: (models, epochs) =>
    wrapModels(models, 'fences', (inner) => ({
      async command(statement, options) {
        if (statement.update)
          return inner.command({ ...statement, updates: statement.updates.map(unchecked) }, options);
        const reply = await inner.command(statement, options);
        for (const row of reply.cursor.firstBatch)
          row.fences = row.fences.map((fence: Document) => ({ ...fence, epoch: epochs.get(fence._id) }));
        return reply;
      },
    })),
};

const unchecked = ({ q, ...update }: Document) => ({ ...update, q: { _id: q._id } });
