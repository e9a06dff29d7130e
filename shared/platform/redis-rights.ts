import { randomBytes } from 'node:crypto';
import type { Config } from './config';
import { StoreError } from './explain-store';
import type { RedisClient } from './redis';

/** What the user of REDIS_URL may do besides what is needed. */
export interface RedisRights {
  /** INFO, which has the version and `maxmemory-policy`; thin users lack it. */
  info: boolean;
}

/** `$key` stands for the key that all of them try. */
const key = '$key';

/** Every command that scripts of the waiting room and of BullMQ call, with arguments that are right in number. */
export const scriptedCommands: readonly string[][] = [
  ['set', key, '1'],
  ...[['get'], ['exists'], ['type'], ['incr'], ['persist'], ['pttl']].map(([name = '']) => [name, key]),
  ...[
    ['incrby', key, '1'],
    ['pexpire', key, '60000'],
    ['pexpireat', key, '9999999999999'],
    ['rename', key, key],
    ['del', key],
  ],
  ...[
    ['hset', key, 'f', '1'],
    ['hmset', key, 'f', '1'],
    ['hincrby', key, 'f', '1'],
    ['hget', key, 'f'],
    ['hmget', key, 'f'],
    ['hgetall', key],
    ['hexists', key, 'f'],
    ['hlen', key],
    ['hdel', key, 'f'],
  ],
  ...[
    ['lpush', key, '1'],
    ['rpush', key, '1'],
    ['lindex', key, '0'],
    ['llen', key],
    ['lpos', key, '1'],
    ['lrange', key, '0', '0'],
    ['lset', key, '0', '1'],
    ['lrem', key, '0', 'x'],
    ['ltrim', key, '0', '9'],
    ['rpoplpush', key, key],
    ['lpop', key],
    ['rpop', key],
  ],
  ...[
    ['sadd', key, '1'],
    ['scard', key],
    ['sismember', key, '1'],
    ['smembers', key],
    ['srem', key, '1'],
  ],
  ...[
    ['zadd', key, '1', 'a'],
    ['zcard', key],
    ['zcount', key, '0', '1'],
    ['zlexcount', key, '-', '+'],
    ['zrange', key, '0', '0'],
    ['zrangebylex', key, '-', '+'],
    ['zrangebyscore', key, '0', '1'],
    ['zrank', key, 'a'],
    ['zrevrange', key, '0', '0'],
    ['zrevrangebyscore', key, '1', '0'],
    ['zscore', key, 'a'],
    ['zrem', key, 'a'],
    ['zremrangebyrank', key, '0', '0'],
    ['zremrangebyscore', key, '0', '1'],
    ['zpopmin', key],
  ],
  ...[
    ['xadd', key, '*', 'f', '1'],
    ['xlen', key],
    ['xrange', key, '-', '+'],
    ['xdel', key, '0-1'],
    ['xtrim', key, 'MAXLEN', '0'],
  ],
  ['time'],
  ['unlink', key],
];

/** Calls each, and answers the names of those that this user may not call. Any other error means that it may. */
const script = `
local refused = {}
for _, command in ipairs(cjson.decode(ARGV[1])) do
  for i, word in ipairs(command) do if word == '$key' then command[i] = KEYS[1] end end
  local answer = redis.pcall(unpack(command))
  local message = type(answer) == 'table' and answer.err or ''
  if string.find(message, 'NOPERM') or string.find(message, 'permission') or string.find(message, "can't run this command")
    or string.find(message, "can't access") then table.insert(refused, command[1]) end
end
return refused`;

const isRefusal = (error: unknown) => error instanceof Error && error.message.startsWith('NOPERM');

/** Whether Redis says that it will go on refusing: the user, the password, or a right of theirs is wrong. */
export function isRedisRefusal(error: Error): boolean {
  return /^(NOPERM|NOAUTH|WRONGPASS)|user executing the script|ACL failure/.test(error.message);
}

/**
 * Tries what the product does in Redis on a key and a channel of its own, so that a missing right is named when a process
 * starts and not in the middle of a sale.
 * @throws StoreError that names the commands
 */
export async function requireRedisRights(
  { REDIS_URL, QUEUE_PREFIX }: Pick<Config, 'REDIS_URL' | 'QUEUE_PREFIX'>,
  redis: RedisClient,
): Promise<RedisRights> {
  const probe = `${QUEUE_PREFIX}:{rights-${randomBytes(6).toString('hex')}}`;
  const refused: string[] = [];
  /** @returns what is answered; undefined when it is refused */
  async function attempt<T>(name: string, call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push(name);
      return undefined;
    }
  }
  const scripted = await attempt('eval', () => redis.eval(script, 1, probe, JSON.stringify(scriptedCommands)));
  refused.push(...((scripted as string[] | undefined) ?? []));
  await attempt('evalsha', () => redis.evalsha('0'.repeat(40), 0).catch(unlessUnknown));
  await attempt('publish', () => redis.publish(`${QUEUE_PREFIX}:rights`, ''));
  await attempt('bzpopmin', () => redis.bzpopmin(probe, 0.01));
  if (refused.length > 0)
    throw new StoreError(
      'REDIS_URL',
      REDIS_URL,
      `its user may not call ${refused.join(', ').toUpperCase()} on keys and channels that begin with '${QUEUE_PREFIX}:'. ` +
        `Enough is: ~${QUEUE_PREFIX}:* resetchannels &${QUEUE_PREFIX}:* +@all -@admin -@dangerous`,
    );
  const info = await redis.info('memory').then(() => true, notIf(isRefusal));
  return { info };
}

function unlessUnknown(error: Error): void {
  if (!error.message.startsWith('NOSCRIPT')) throw error;
}

/** @returns false for that error; throws every other one */
const notIf = (is: (error: unknown) => boolean) => (error: unknown) => {
  if (is(error)) return false;
  throw error;
};
