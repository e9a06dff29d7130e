import { wrapModels } from '../wrap-models';
import type { Fault } from './fault';

/** A worker finds every fence as it left it, whoever has raised it since. */
export const fenceNotChecked: Fault = {
  worker: (models, epochs) =>
    wrapModels(models, 'fences', (inner) => ({
      find: (filter, options) => ({
        project: (fields) => ({
          async toArray() {
            const fences = await inner.find(filter, options).project(fields).toArray();
            return fences.map((fence) => ({ ...fence, epoch: epochs.get(String(fence._id)) }));
          },
        }),
      }),
      bulkWrite: (operations, options) => inner.bulkWrite(operations.map(withoutEpoch), options),
    })),
};

function withoutEpoch(operation: object): object {
  const { updateOne } = operation as { updateOne: { filter: { _id: string }; update: object } };
  return { updateOne: { ...updateOne, filter: { _id: updateOne.filter._id } } };
}
