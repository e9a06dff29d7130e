import type { Redis } from 'ioredis';
import { allLanes } from '../../shared/commands/lane-of';
import { storedChannel } from '../../shared/commands/stored-channel';
import type { Context } from '../../shared/context';
import type { RedisClient } from '../../shared/platform/redis';
import type { AfterCommitWork } from '../batches/after-commit';
import { startCommitter } from './committer';
import { fairShare, shareGroups } from './fair-share';
import {
  claimLane,
  clearNeeds,
  ensureLanes,
  forgetWorker,
  type LaneClaim,
  readOwnership,
  releaseLane,
  renewLeases,
} from './lease';
import { type OpenLane, openLane } from './open-lane';
import { createSignal } from './signal';
import { createTakeOver } from './take-over';

export interface LaneOwner {
  /** Names of the lanes that this worker carries out now. */
  lanes(): string[];
  /** Hands all lanes over and leaves. */
  stop(): Promise<void>;
}

export interface OwnerOptions {
  context: Context;
  workerId: string;
  connection: RedisClient;
  /** Where other workers say that they came, went or gave lanes back, and API processes what they have stored. */
  subscriber: Redis;
  work: AfterCommitWork;
}

/** Times in a lease that it is renewed and the shares are worked out anew. */
const ticksPerLease = 6;

/** Takes and keeps this worker's fair share of the lanes, for as long as it runs. */
export async function ownLanes(options: OwnerOptions): Promise<LaneOwner> {
  const { context, workerId, connection, subscriber } = options;
  const { config, models, logger } = context;
  const open = new Map<string, OpenLane>();
  /** Lanes whose lease this worker has and whose fence is not raised yet. */
  const claimed = new Map<string, LaneClaim>();
  const takingOver = new Set<Promise<void>>();
  const takeOver = createTakeOver(context);
  /** Open lanes where a command is next that this version does not know, and its kind. */
  const unknown = new Map<string, string>();
  /** Lanes that are given back and not closed yet. */
  const closing = new Set<Promise<void>>();
  const signal = createSignal();
  const committer = startCommitter(context, connection, options.work);
  const channel = `${config.QUEUE_PREFIX}:lanes`;
  const stored = storedChannel(config);
  let stopping = false;

  const announce = () => context.redis.publish(channel, workerId).catch(() => 0);

  async function claim(name: string): Promise<void> {
    const claim = await claimLane(models, name, workerId, committer.session, config.LEASE_MS);
    if (!claim) return;
    claimed.set(name, claim);
    const taken = take(name, claim)
      .catch((error: unknown) => logger.warn({ lane: name, error }, 'lane not given back'))
      .finally(() => takingOver.delete(taken));
    takingOver.add(taken);
  }

  /** Not waited for by the sharing out: leases of other lanes are renewed meanwhile. */
  async function take(name: string, claim: LaneClaim): Promise<void> {
    const isWanted = () => !stopping && claimed.get(name) === claim;
    const raised = await takeOver(name, claim, isWanted);
    const wanted = isWanted();
    if (claimed.get(name) === claim) claimed.delete(name);
    if (!raised || !wanted) return releaseLane(models, name, workerId, claim.epoch);
    const { epoch, deadSession } = claim;
    const crashed = deadSession !== null;
    context.metrics.takeOvers.inc({ crashed: String(crashed) });
    logger[crashed ? 'warn' : 'info']({ lane: name, epoch }, crashed ? 'lane taken over' : 'lane taken');
    unknown.delete(name);
    const onUnknown = (kind: string) => {
      unknown.set(name, kind);
      signal.raise();
    };
    open.set(name, openLane(context, connection, committer, { name, epoch }, { onLost: signal.raise, onUnknown }));
  }

  async function give(lane: OpenLane, why: string): Promise<void> {
    if (open.get(lane.name) === lane) open.delete(lane.name);
    await lane.leave();
    await releaseLane(models, lane.name, workerId, lane.epoch, unknown.get(lane.name)).finally(() => {
      const closed = closeQuietly(lane).finally(() => closing.delete(closed));
      closing.add(closed);
    });
    logger.info({ lane: lane.name, why }, 'lane given back');
  }

  function closeQuietly(lane: OpenLane): Promise<void> {
    return lane.close().catch((error: unknown) => logger.debug({ lane: lane.name, error }, 'lane not closed'));
  }

  async function tick(): Promise<void> {
    await renewLeases(models, workerId, [...open.keys(), ...claimed.keys()], config.LEASE_MS);
    await leaveUnknown();
    const ownership = await readOwnership(models);
    const { ownerOf, needsOf } = ownership;
    const isLost = (name: string) => ownerOf.get(name) !== workerId;
    for (const name of [...claimed.keys()].filter(isLost)) claimed.delete(name);
    const lost = [...open.values()].filter(({ name }) => isLost(name));
    // Before anything is taken: a lane that was lost may be free again, and must not be held twice by this process.
    await Promise.all(lost.map((lane) => give(lane, 'lost')));
    const surplus: OpenLane[] = [];
    for (const [offset, queue] of (['reservation', 'wallet'] as const).entries()) {
      const all = allLanes(config).filter((lane) => lane.startsWith(queue));
      for (const { lanes, workers } of shareGroups(all, ownership)) {
        const mine = [...open.values()].filter(({ name }) => lanes.includes(name));
        const coming = [...claimed.keys()].filter((lane) => lanes.includes(lane)).length;
        const share = fairShare(workers, workerId, lanes.length, offset) - coming;
        surplus.push(...mine.slice(Math.max(0, share)));
        const free = lanes.filter((lane) => ownerOf.get(lane) === null);
        await Promise.all(free.slice(0, Math.max(0, share - mine.length)).map(claim));
      }
    }
    await Promise.all(surplus.map((lane) => give(lane, 'fair share')));
    if (surplus.length > 0) await announce();
    await Promise.all(Array.from(needsOf, ([lane, needs]) => clearNeeds(models, lane, needs)));
  }

  /** For workers of a version that knows what waits there. */
  async function leaveUnknown(): Promise<void> {
    const lanes = [...open.values()].filter(({ name }) => unknown.has(name));
    for (const { name } of lanes)
      logger.warn({ lane: name, kind: unknown.get(name) }, 'lane left to workers that know what waits there');
    await Promise.all(lanes.map((lane) => give(lane, 'unknown kind')));
    if (lanes.length > 0) await announce();
  }

  async function run(): Promise<void> {
    while (!stopping) {
      await tick().catch((error: unknown) => logger.warn({ error }, 'lanes not shared out'));
      await signal.wait(config.LEASE_MS / ticksPerLease);
    }
  }

  await ensureLanes(models, allLanes(config));
  subscriber.on('message', (from: string, message: string) => {
    if (from === stored) committer.inbox.receive(message);
    else if (message !== workerId) signal.raise();
  });
  // While it was not connected, messages were lost.
  subscriber.on('ready', () => committer.inbox.miss('anything'));
  await subscriber.subscribe(channel, stored);
  await renewLeases(models, workerId, [], config.LEASE_MS);
  await announce();
  const running = run();

  return {
    lanes: () => [...open.keys()].sort(),
    async stop() {
      stopping = true;
      signal.raise();
      await running;
      await Promise.all(takingOver);
      // What can't be given back now ends with its lease.
      await Promise.allSettled([
        forgetWorker(models, workerId),
        ...[...open.values()].map((lane) => give(lane, 'stopping').then(announce)),
      ]);
      await Promise.all([...closing, committer.stop()]);
    },
  };
}
