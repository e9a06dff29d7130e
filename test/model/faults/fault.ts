import type { Models } from '../../../shared/models';
import type { BatchReport } from '../../../workers/batches/run-batch';
import type { refundHolds } from '../../../workers/call-offs/refund-holds';
import type { handlers } from '../../../workers/handlers';
import type { UniqueIndex } from '../memory/unique';

/** A mistake planted in the product, by replacing a part that it is given. None of it: the product as it is. */
export interface Fault {
  handlers?: Partial<typeof handlers>;
  /** A unique index that the database lacks. */
  lacks?: { collection: 'commands'; index: UniqueIndex['fields'] };
  /** A date is changed, and workers go on with what they remember of it. */
  forgetsToOutdate?: boolean;
  /** How a walk over a called-off date has holds given back. */
  refundHolds?: typeof refundHolds;
  /** What everybody writes through. */
  models?(models: Models): Models;
  /** What one worker carries out a group through. */
  worker?(models: Models, epochs: ReadonlyMap<string, number>): Models;
  afterCommit?(models: Models, report: BatchReport): Promise<void>;
}

export const noFault: Fault = {};
