import { MongoServerError, type TopologyDescription } from 'mongodb';
import { explainSocket } from './explain-store';

/** Of servers that ask for a user and get none, or the wrong one; the last one is Atlas'. */
const refusedUser = new Set([13, 18, 8000]);

/** Why a connection could not be opened, for whoever set MONGODB_URI. */
export function explainMongo(error: unknown): string {
  if (error instanceof MongoServerError) return explainAnswer(error);
  const { reason } = (error ?? {}) as { reason?: TopologyDescription };
  if (!reason?.servers) return explainSocket(error);
  const servers = [...reason.servers.values()];
  if (servers.some(({ type }) => String(type) === 'RSGhost'))
    return 'its replica set is not initiated yet: run rs.initiate()';
  const failed = servers.find((server) => server.error)?.error;
  if (failed instanceof MongoServerError) return explainAnswer(failed);
  const cause = failed?.cause ?? failed;
  if (cause) {
    const explained = explainSocket(cause);
    return /closed$/.test(explained) ? `${explained}: it hung up. Does it want TLS (tls=true)?` : explained;
  }
  if (servers.length === 0) return `no server there is of the replica set '${reason.setName}'. Is replicaSet right?`;
  return 'no primary answers within two seconds';
}

function explainAnswer({ code, message }: MongoServerError): string {
  return refusedUser.has(Number(code)) ? `it refuses the user or the password (${message})` : message;
}
