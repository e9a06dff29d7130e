import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../../client/src/index';
import { defaultRoom } from '../../../shared/concerts/concert.model';
import { type Models, native } from '../../../shared/models';
import { runAudit } from '../../../workers/audit/run-audit';
import { generateDatabase } from '../../bench/audit/generate-database';
import type { Random } from '../../random';
import { type MongodSet, startMongodSet } from '../../stack/stores/mongod-set';
import { untilQuiet } from '../check/verify';
import type { Environment } from '../environment/environment';
import { errorLines } from '../environment/log-lines';
import { scenario, type Trial } from '../scenario';

/** Of the generated database: each user has bought two times two seats, and one more hold, of which every third is live. */
const performanceId = 'perf_generated';
const seatsPerUser = 4;
const seatPrice = 1000;
/** How long all of it may take, ms, and after that until nothing is unfinished. */
const patienceMs = 1_200_000;
const quietMs = 60_000;

interface Course extends Record<string, number> {
  users: number;
  workerKills: number;
  failovers: number;
}

export const callOff = scenario<Course>({
  name: 'call-off',
  promise:
    'A date is called off; workers and the primary of MongoDB are killed while its seats are refunded: nobody is refunded twice, or not at all.',
  full: { users: 12_500, workerKills: 20, failovers: 4 },
  short: { users: 400, workerKills: 1, failovers: 1 },
  async run(trial) {
    const folder = join(trial.stores.folder, `set-${randomBytes(3).toString('hex')}`);
    const set = await startMongodSet({ binary: trial.stores.mongodBinary, folder, electionMs: 2000 });
    try {
      return await giveBack(trial, set);
    } finally {
      await set.close();
    }
  },
});

async function giveBack({ counts, random, openEnvironment, log }: Trial<Course>, set: MongodSet) {
  const environment = await openEnvironment({ apis: 1, workers: 3, mongodbUri: set.uri });
  const { models } = environment;
  await sellOut(models, counts.users);
  const began = performance.now();
  await askToCallOff(environment);
  const seats = await seatsLeft(models);
  const faults = [
    ...Array<'worker'>(counts.workerKills).fill('worker'),
    ...Array<'primary'>(counts.failovers).fill('primary'),
  ];
  const all = faults.length;
  for (;;) {
    const left = await seatsLeft(models).catch(() => seats);
    const done = await native(models, 'callOffs')
      .findOne({ _id: performanceId })
      .catch(() => null);
    if (done?.finishedAt || performance.now() - began > patienceMs) break;
    const due = Math.floor(((seats - left) / seats) * (all + 1));
    if (faults.length > 0 && all - faults.length < due) {
      const [fault = 'worker'] = faults.splice(random.int(0, faults.length - 1), 1);
      log(`${left} of ${seats} seats left, killing a ${fault}`);
      await strike(environment, set, fault, random);
    }
    await sleep(50);
  }
  const seconds = (performance.now() - began) / 1000;
  await Promise.all([...environment.apis, ...environment.workers].map((kept) => kept.ready()));
  const violations = await check(environment, counts.users);
  const struck = all - faults.length;
  return { violations, measured: { seats, faults: struck, seconds: Math.round(seconds), refunds: counts.users * 2 } };
}

/** As if the whole hall had been sold through the product. */
async function sellOut(models: Models, users: number): Promise<void> {
  const now = Date.now();
  const concertId = 'concert_generated';
  await native(models, 'concerts').insertOne({
    ...{ _id: concertId, title: 'Called off', opensAt: null, entryUrl: null, createdAt: new Date(now) },
    timeZone: null,
    room: defaultRoom,
  });
  const startsAt = new Date('2035-06-21T19:00:00.000Z');
  const seatsTotal = users * (seatsPerUser + 2);
  await native(models, 'performances').insertOne({ _id: performanceId, concertId, startsAt, seatsTotal });
  await generateDatabase(models, users, now);
}

async function askToCallOff({ apis, config }: Environment): Promise<void> {
  const baseUrl = apis[0]?.url ?? '';
  const { token } = await createClient({ baseUrl }).signIn({ name: 'admin', password: config.ADMIN_PASSWORD });
  const body = { reason: 'chaos' };
  await createClient({ baseUrl, token }).call('POST /v1/admin/performances/{performanceId}/cancellation', {
    path: { performanceId },
    body,
  });
}

const seatsLeft = (models: Models) =>
  native(models, 'seats').countDocuments({ performanceId, status: { $in: ['held', 'sold'] } });

async function strike(
  { workers, unexpected }: Environment,
  set: MongodSet,
  what: 'worker' | 'primary',
  random: Random,
) {
  if (what === 'worker') {
    const victim = random.pick(workers.filter((worker) => worker.isUp()));
    void victim.restart('SIGKILL').catch((error: Error) => unexpected.push(error.message));
    return;
  }
  const primary = await set.primary();
  await primary.process().stop('SIGKILL');
  await set.primary();
  await primary.start();
  await set.whole();
}

async function check(environment: Environment, users: number): Promise<string[]> {
  const { models, connection } = environment;
  const { unfinished } = await untilQuiet(models, quietMs);
  const { violations, broken } = await runAudit({ models, connection }, { quiet: true });
  const refunds = native(models, 'commands').find({ kind: 'reservation.cancel' });
  const reservations = new Map<string, number>();
  for await (const { payload, status } of refunds) {
    const { reservationId } = payload as { reservationId: string };
    if (status === 'done') reservations.set(reservationId, (reservations.get(reservationId) ?? 0) + 1);
  }
  const twice = [...reservations].filter(([, times]) => times > 1);
  const [total] = await native(models, 'pointEntries')
    .aggregate<{ points: number }>([
      { $match: { kind: 'refund' } },
      { $group: { _id: null, points: { $sum: '$amount' } } },
    ])
    .toArray();
  const due = users * seatsPerUser * seatPrice;
  const errors = await errorLines([...environment.apis, ...environment.workers].flatMap((kept) => kept.logs()));
  const done = await native(models, 'callOffs').findOne({ _id: performanceId });
  return [
    ...(done?.finishedAt ? [] : ['it was never over']),
    ...(unfinished > 0 ? [`${unfinished} commands are unfinished although all has been quiet`] : []),
    ...violations.map(({ invariant, message, ids }) => `${invariant}: ${message} (${ids.join(', ')})`),
    ...(broken > violations.length ? [`${broken} violations of invariants in all`] : []),
    ...twice.map(([id, times]) => `${id} was refunded ${times} times`),
    ...(reservations.size === users * 2 ? [] : [`${reservations.size} of ${users * 2} reservations were refunded`]),
    ...(total?.points === due ? [] : [`${total?.points ?? 0} points came back, ${due} were due`]),
    ...environment.unexpected,
    ...errors.map((line) => `logged as an error: ${line}`),
  ];
}
