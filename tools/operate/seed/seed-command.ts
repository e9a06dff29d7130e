import { bindModels } from '../../../shared/models';
import { createClock } from '../../../shared/platform/clock';
import { loadConfig } from '../../../shared/platform/config';
import { createIds } from '../../../shared/platform/ids';
import { createLogger } from '../../../shared/platform/logger';
import { openMongo, syncClock } from '../../../shared/platform/mongo';
import { requireSchema } from '../../../shared/schema/schema';
import { UsageError } from '../../options';
import type { Progress } from '../../progress';
import { readPlan, type SeedPlan, usage } from './plan';
import { missingOf, type Seeded, seedConcerts, seedPerformances } from './seed-concerts';
import { seedPoints } from './seed-points';

type Env = Record<string, string | undefined>;

/** What of the settings has to do with stored commands; the others are not asked for. */
const secret = 'none of these is asked for a secret';
const unused = { REDIS_URL: 'redis://unused', JWT_SECRET: secret, QUEUE_TOKEN_SECRET: secret, ADMIN_PASSWORD: secret };

/**
 * What `npm run seed` does.
 * @returns the exit status
 * @throws Error with one sentence
 */
export async function seedCommand(
  args: string[],
  env: Env,
  print: (line: string) => void,
  progress: (what: string, total: number) => Progress,
): Promise<number> {
  const plan = readPlan(args);
  if (!plan) {
    print(usage);
    return 0;
  }
  if (!env.MONGODB_URI)
    throw new UsageError('MONGODB_URI must name the database to fill (npm start prints its address); see --help.');
  const { config, connection } = await open(env.MONGODB_URI, env);
  try {
    const [models, clock] = [bindModels(connection), createClock()];
    await requireSchema(connection, config.MONGODB_URI, createLogger('seed', 'silent'));
    await syncClock(connection, clock);
    await missingOf(models, plan.performances);
    const seeding = { connection, models, config, newId: createIds(clock), now: () => new Date(clock.now()) };
    const concerts = await seedConcerts(models, plan, clock);
    const dates = await withProgress(progress('dates', plan.performances.length), (advance) =>
      seedPerformances(models, plan, () => advance(1)),
    );
    const users = await withProgress(progress('users', plan.users.count), (advance) =>
      seedPoints(seeding, plan, advance),
    );
    report(plan, { concerts, dates, users }, print);
    return 0;
  } finally {
    await connection.close();
  }
}

async function open(uri: string, env: Env) {
  const config = loadConfig({ ...unused, ...env });
  return { config, connection: await openMongo(uri, 'seed', 10) };
}

async function withProgress(
  bar: Progress,
  work: (advance: (more: number) => void) => Promise<Seeded>,
): Promise<Seeded> {
  try {
    return await work(bar.add);
  } finally {
    bar.end();
  }
}

function report(
  { performances, users }: SeedPlan,
  seeded: Record<string, Seeded>,
  print: (line: string) => void,
): void {
  const seats = performances[0]?.sections.reduce(
    (sum, { rowPrices, seatsPerRow }) => sum + rowPrices.length * seatsPerRow,
    0,
  );
  const notes: Record<string, string> = {
    dates: ` of ${seats} seats`,
    users: ` with ${users.points} points, signing in as '${users.name} 1' to '${users.name} ${users.count}'`,
  };
  for (const [what, { made, there }] of Object.entries(seeded))
    if (made + there > 0) print(`${what}: ${made} made, ${there} were there${notes[what] ?? ''}`);
  if (Object.values(seeded).every(({ made }) => made === 0)) print('Nothing to do: all of it is there.');
}
