import type { Connection } from 'mongoose';
import { userIdOf } from '../../../api/auth/user-id';
import type { CommandDoc } from '../../../shared/commands/command.model';
import { laneOf } from '../../../shared/commands/lane-of';
import { newCommand } from '../../../shared/commands/new-command';
import { type Models, native } from '../../../shared/models';
import { createClock } from '../../../shared/platform/clock';
import type { Config } from '../../../shared/platform/config';
import type { NewId } from '../../../shared/platform/ids';
import { duplicatesOf } from '../../../shared/platform/store-errors';
import { decideBatch } from '../../../workers/batches/decide-batch';
import { moveFences, readFences } from '../../../workers/batches/fences';
import { loadState } from '../../../workers/batches/load-state';
import { writeBatch } from '../../../workers/batches/write-batch';
import { ensureLanes } from '../../../workers/lanes/lease';
import type { SeedPlan } from './plan';
import type { Seeded } from './seed-concerts';

interface PointSeeding {
  connection: Connection;
  models: Models;
  /** Whose lanes are those of the workers. */
  config: Config;
  newId: NewId;
  now(): Date;
}

/** Users looked at together, and most whose points one transaction gives. */
const block = 4000;
const mostInGroup = 500;
const mostAtOnce = 4;
const mostTries = 20;
const keyPrefix = 'seed-points-';

/**
 * Gives each user what is missing of the points: a command, carried out by the handler of the workers, in groups of one
 * lane with its fence, as a worker of that lane would have done. A worker that commits at the same moment makes one of the two
 * try again.
 */
export async function seedPoints(
  seeding: PointSeeding,
  { users: { name, count, points } }: SeedPlan,
  advance: (users: number) => void,
): Promise<Seeded> {
  let made = 0;
  for (let first = 1; first <= count; first += block) {
    const userIds = Array.from({ length: Math.min(block, count - first + 1) }, (_, i) =>
      userIdOf(`${name} ${first + i}`),
    );
    const lacking = await missingPoints(seeding, userIds, points);
    const groups = groupsOf(seeding.config, [...lacking.keys()]);
    for (let i = 0; i < groups.length; i += mostAtOnce)
      await Promise.all(groups.slice(i, i + mostAtOnce).map((group) => giveAll(seeding, group, points)));
    made += lacking.size;
    advance(userIds.length);
  }
  return { made, there: count - made };
}

interface Group {
  lane: string;
  userIds: string[];
}

function groupsOf(config: Config, userIds: string[]): Group[] {
  const lanes = new Map<string, string[]>();
  for (const userId of userIds) {
    const lane = laneOf(config, 'points.charge', { amount: 1 }, userId);
    lanes.set(lane, [...(lanes.get(lane) ?? []), userId]);
  }
  return Array.from(lanes).flatMap(([lane, all]) =>
    Array.from({ length: Math.ceil(all.length / mostInGroup) }, (_, i) => ({
      lane,
      userIds: all.slice(i * mostInGroup, (i + 1) * mostInGroup),
    })),
  );
}

/** User id to the points that earlier runs have not given. */
async function missingPoints(
  { models }: PointSeeding,
  userIds: string[],
  points: number,
): Promise<Map<string, number>> {
  const given = native(models, 'commands').aggregate<{ _id: string; sum: number }>([
    // With its type, so that the index of idempotency keys is used.
    { $match: { userId: { $in: userIds }, key: { $type: 'string', $gte: keyPrefix, $lt: `${keyPrefix}:` } } },
    { $group: { _id: '$userId', sum: { $sum: '$payload.amount' } } },
  ]);
  const sums = new Map((await given.toArray()).map(({ _id, sum }) => [_id, sum]));
  const missing = userIds.map((id): [string, number] => [id, points - (sums.get(id) ?? 0)]);
  return new Map(missing.filter(([, amount]) => amount > 0));
}

/** Tries again when a lane has got a new owner, or another run has given the same points. */
async function giveAll(seeding: PointSeeding, { lane, userIds }: Group, points: number): Promise<void> {
  await ensureLanes(seeding.models, [lane]);
  for (let tries = 1; ; tries += 1) {
    const missing = await missingPoints(seeding, userIds, points);
    if (missing.size === 0) return;
    const given = await giveOnce(seeding, lane, missing, points).catch((error: unknown) => {
      if (duplicatesOf(error).length === 0) throw error;
      return false;
    });
    if (given) return;
    if (tries === mostTries) throw new Error(`Others were faster in ${lane} ${mostTries} times; run this again.`);
  }
}

/** @returns false when the lane has got a new owner meanwhile */
async function giveOnce(
  seeding: PointSeeding,
  lane: string,
  missing: Map<string, number>,
  points: number,
): Promise<boolean> {
  const { connection, models, config, newId, now } = seeding;
  const fence = await native(models, 'fences').findOne({ _id: lane });
  const epochs = new Map([[lane, fence?.epoch ?? 0]]);
  const at = now();
  const commands = Array.from(missing, ([userId, amount]): CommandDoc => {
    const request = { kind: 'points.charge' as const, payload: { amount }, userId, key: `${keyPrefix}${points}` };
    return newCommand(config, newId('job'), request, at);
  });
  const session = connection.getClient().startSession();
  try {
    return await session.withTransaction(
      async () => {
        const fences = await readFences(session, models, epochs);
        const position = fences.positions.get(lane);
        if (position === undefined) return false;
        await native(models, 'commands').insertMany(commands, { session });
        const state = await loadState(session, { ...seeding, clock: createClock() }, commands, at);
        const decision = decideBatch(config, state, commands, at);
        const places = commands.map((_, i) => ({ epoch: epochs.get(lane) ?? 0, position: position + i }));
        await writeBatch(session, models, { state, decision, places, now: at, isRead: true });
        await moveFences(
          session,
          models,
          epochs,
          fences.positions,
          new Map([[lane, position + commands.length]]),
          fences.now,
        );
        return true;
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } },
    );
  } finally {
    await session.endSession();
  }
}
