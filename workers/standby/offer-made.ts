import type { Handler } from '../handler';

/**
 * The offer was made by the transaction that freed the seats. This command was unfinished from then on, and excludes holds of
 * the user at the performance: the next one is decided in a snapshot that has the offer, so the seat limit is exact.
 */
export const offerMade: Handler<'standby.offer'> = {
  needs: () => ({}),
  decide: ({ command: { payload } }) => ({ status: 'done', result: { standbyId: payload.standbyId }, changes: [] }),
};
