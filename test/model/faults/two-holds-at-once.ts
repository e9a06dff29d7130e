import type { Fault } from './fault';

/** Nothing keeps a user's holds of a performance apart. */
export const twoHoldsAtOnce: Fault = { lacks: { collection: 'commands', index: ['exclusive'] } };
