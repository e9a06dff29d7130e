/** A Redis Cluster as REDIS_URL names it. */
export interface RedisClusterAddress {
  /** Some of its nodes, primaries or replicas: the others are learnt from them. */
  nodes: { host: string; port: number }[];
  tls: boolean;
  username?: string;
  password?: string;
}

const clusterUrl = /^redis(s?)\+cluster:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^@/?#\s]+)\/?$/;
const node = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i;
const defaultPort = 6379;

/**
 * Reads `redis+cluster://user:password@host:port,host:port,...`, or `rediss+cluster://` for TLS.
 * @returns null for anything else
 */
export function readClusterUrl(url: string): RedisClusterAddress | null {
  const [, tls, username = '', password = '', hosts] = clusterUrl.exec(url) ?? [];
  if (hosts === undefined) return null;
  const nodes = hosts.split(',').flatMap((text) => {
    const [, ipv6, host = ipv6, port = String(defaultPort)] = node.exec(text) ?? [];
    return host !== undefined && Number(port) > 0 && Number(port) < 65_536 ? { host, port: Number(port) } : [];
  });
  if (nodes.length !== hosts.split(',').length) return null;
  return {
    nodes,
    tls: tls === 's',
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
}

/** Whether this names one Redis, or a cluster. */
export function isRedisUrl(url: string): boolean {
  if (url.includes('+cluster:')) return canRead(url);
  // Several nodes behind redis:// would be taken for one host of that name.
  return URL.canParse(url) && /^rediss?:\/\/[^\s,]+$/.test(url);
}

/** A stray % in a password can't be decoded. */
function canRead(url: string): boolean {
  try {
    return readClusterUrl(url) !== null;
  } catch {
    return false;
  }
}
