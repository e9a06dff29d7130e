import type { Fault } from './fault';

/** The database does not decide that a user's key is used once. */
export const noUniqueIndex: Fault = { lacks: { collection: 'commands', index: ['userId', 'key'] } };
