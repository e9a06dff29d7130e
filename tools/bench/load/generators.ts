import { type HttpConnection, openConnection } from './connection';
import { openUndici } from './undici-connection';

/** @param port on 127.0.0.1 */
export type OpenConnection = (port: number) => Promise<HttpConnection>;

/** Two ways to make the same requests, so that no figure rests on the peculiarities of one client. */
export const generators = { lean: openConnection, undici: openUndici } satisfies Record<string, OpenConnection>;

export type Generator = keyof typeof generators;
