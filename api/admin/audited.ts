import type { ClientSession } from 'mongodb';
import type { AdminActionDoc } from '../../shared/admin/admin-action.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { duplicatesOf } from '../../shared/platform/store-errors';
import { transactionInTime, writeMs } from '../../shared/platform/write-deadline';
import { type Confirmed, noteConfirmed } from './confirmed';

/** The admin, the action and its target. */
type AdminAction = Pick<AdminActionDoc, 'adminId' | 'action' | 'target'> & {
  /** Where the change itself names its record. */
  _id?: string;
  /** Of what a second person confirms by this. */
  confirmed?: Confirmed;
};

/** The result of an audited change. Null details: nothing had to change, so there is nothing to record. */
interface Audited<T> {
  value: T;
  details: Record<string, unknown> | null;
}

/**
 * Makes an admin's change and its record in one transaction, so that neither is ever there alone. Of two requests for the same at once
 * the second one runs again, and meets what the first has stored.
 * @param change may run several times; must do all of its writes in the session
 * @param ms how long it may take, beyond what a few writes do
 * @throws what `change` throws; then nothing is written. LateWrite: it may be, or not
 */
export async function audited<T>(
  context: Context,
  action: AdminAction,
  change: (session: ClientSession) => Promise<Audited<T>>,
  ms = writeMs,
): Promise<T> {
  const { connection, models, clock, newId } = context;
  const { _id = newId('act'), adminId, target, confirmed } = action;
  async function attempt(session: ClientSession): Promise<T> {
    if (confirmed) await noteConfirmed(context, confirmed, adminId, session);
    const { value, details: changed } = await change(session);
    const two = confirmed && { approvalId: confirmed._id, askedBy: confirmed.askedBy };
    const details = two ? { ...changed, ...two } : changed;
    if (details === null) return value;
    const record = { _id, adminId, action: action.action, target, at: new Date(clock.now()), details };
    await native(models, 'adminActions').insertOne(record, { session });
    return value;
  }
  const run = () => transactionInTime(connection.getClient(), attempt, ms);
  return run().catch((error: unknown) => {
    // The same was being stored at this very moment: it is there now.
    if (duplicatesOf(error).length === 0) throw error;
    return run();
  });
}
