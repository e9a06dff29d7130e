import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Collection, Db, MongoClient } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Config } from '../platform/config';
import type { NewId } from '../platform/ids';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logger';
import { inTime, transactionInTime } from '../platform/write-deadline';

/** A process that runs, with the settings that must be the same in all of them. Times are the database's. */
interface ProcessDoc {
  _id: string;
  /** `api`, `workers` … */
  name: string;
  host: string;
  RESERVATION_LANES: number;
  WALLET_LANES: number;
  startedAt: Date;
  seenAt: Date;
}

export interface Presence {
  /**
   * Writes in a transaction, as the work does.
   * @throws when that is not done in time
   */
  touch(ms: number): Promise<void>;
}

interface Entering {
  config: Pick<Config, 'RESERVATION_LANES' | 'WALLET_LANES'>;
  connection: Connection;
  logger: Logger;
  lifecycle: Lifecycle;
  newId: NewId;
}

const beatMs = 2000;
/** A process that has not been seen for so long runs no more, or is frozen. */
const goneMs = 7000;
const forgottenMs = 3_600_000;
const pollMs = 250;

const ago = (ms: number) => ({ $subtract: ['$$NOW', ms] });

/**
 * Says that this process runs, until it closes.
 * @throws when processes with other numbers of lanes run: what one accepts the other would never carry out. One that ended
 * without a word is waited for until it counts as gone
 */
export async function enterPresence(
  { config, connection, logger, lifecycle, newId }: Entering,
  name: string,
): Promise<Presence> {
  const processes = (connection.db as Db).collection<ProcessDoc>('processes');
  const _id = newId('process');
  const { RESERVATION_LANES, WALLET_LANES } = config;
  const own = { name, host: hostname(), RESERVATION_LANES, WALLET_LANES };
  await processes.updateOne({ _id }, [{ $set: { ...own, startedAt: '$$NOW', seenAt: '$$NOW' } }], { upsert: true });
  await processes.deleteMany({ $expr: { $lt: ['$seenAt', ago(forgottenMs)] } });
  const beat = () => processes.updateOne({ _id }, [{ $set: { seenAt: '$$NOW' } }], { maxTimeMS: beatMs });
  const timer = setInterval(() => {
    beat().catch((error: unknown) => {
      if (!lifecycle.stopping) logger.debug({ error }, 'presence not published');
    });
  }, beatMs);
  lifecycle.onClose('presence', async () => {
    clearInterval(timer);
    await inTime(processes.deleteOne({ _id }, { maxTimeMS: beatMs }), beatMs);
  });
  await requireSameLanes(processes, _id);
  const client = connection.getClient() as unknown as MongoClient;
  return {
    touch: (ms) =>
      transactionInTime(
        client,
        async (session) => {
          await processes.updateOne({ _id }, [{ $set: { seenAt: '$$NOW' } }], { session });
        },
        ms,
      ),
  };
}

/** Whoever comes second is refused: the first may have accepted commands already. */
async function requireSameLanes(processes: Collection<ProcessDoc>, _id: string): Promise<void> {
  const own = await processes.findOne({ _id });
  if (!own) return;
  const { RESERVATION_LANES, WALLET_LANES, startedAt } = own;
  const others = {
    _id: { $ne: _id },
    $nor: [{ RESERVATION_LANES, WALLET_LANES }],
    $or: [{ startedAt: { $lt: startedAt } }, { startedAt, _id: { $lt: _id } }],
    $expr: { $gte: ['$seenAt', ago(goneMs)] },
  };
  const first = await processes.findOne(others);
  for (let other = first; other; other = await processes.findOne(others)) {
    const isAlive = other._id !== first?._id || other.seenAt > first.seenAt;
    if (isAlive)
      throw new Error(
        `RESERVATION_LANES=${RESERVATION_LANES} and WALLET_LANES=${WALLET_LANES} here, but ` +
          `${other.RESERVATION_LANES} and ${other.WALLET_LANES} in a process (${other.name} on ${other.host}) that is ` +
          'running. They must be the same in every process: stop all of them before you change them.',
      );
    await sleep(pollMs);
  }
}
