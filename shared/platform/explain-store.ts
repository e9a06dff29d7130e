import { withoutPassword } from './without-password';

type Setting = 'MONGODB_URI' | 'REDIS_URL';

/** A store can't be used as its setting says: one line for whoever set it, with the address, without the password. */
export class StoreError extends Error {
  constructor(setting: Setting, url: string, reason: string, cause?: unknown) {
    super(`${setting} (${withoutPassword(url)}): ${reason.replaceAll(/\s*\n\s*/g, ' ')}`, { cause });
  }
}

/** What a person can do about errors of sockets and of TLS, by their code or their text. */
const socketReasons: [RegExp, string][] = [
  [/ECONNREFUSED/, 'nothing listens there. Is the port right, and is the store running?'],
  [/ENOTFOUND|EAI_AGAIN/, 'there is no host of that name'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'the host does not answer'],
  [
    /SELF_SIGNED|self.signed|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|unable to (verify|get)/,
    'its certificate is signed by an authority that this process does not know. Name the file with that authority in NODE_EXTRA_CA_CERTS',
  ],
  [/CERT_HAS_EXPIRED/, 'its certificate has expired'],
  [/ERR_TLS_CERT_ALTNAME_INVALID/, 'its certificate is for another host name'],
  [/wrong version number|packet length too long|EPROTO/, 'it does not speak TLS at that port, and the address says so'],
  [
    /Protocol error, got "\\u0015|Protocol error, got "\\x15|before secure TLS|socket hang up/,
    'it speaks another protocol there. Does one side want TLS, and the other not?',
  ],
];

/** What went wrong on the way to a store, with what to do about it where that is known. */
export function explainSocket(error: unknown): string {
  // Of a name with several addresses each was tried.
  const one = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '', message = String(one) } = (one ?? {}) as Partial<NodeJS.ErrnoException>;
  const [, hint] = socketReasons.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  return hint ? `${message}: ${hint}` : message;
}
