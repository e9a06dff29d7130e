import type { ConcertDoc } from '../shared/concerts/concert.model';
import { type Context, openContext } from '../shared/context';
import { createReadiness, type Readiness } from '../shared/health/readiness';
import type { Clock } from '../shared/platform/clock';
import type { Config } from '../shared/platform/config';
import { createWaitingRoom, type WaitingRoom } from '../shared/waiting-room/waiting-room';
import { createGuesses, type Guesses } from './auth/login-throttle';
import { createTokenVerifier, type VerifyToken } from './auth/token-verifier';
import { type AcceptCommand, createAcceptCommand } from './commands/accept';
import { openBacklog } from './commands/backlog';
import { type Outcomes, openOutcomes } from './commands/wait-for-outcome';
import { createDates, type OpenDate } from './concerts/dates';
import { createLayouts, type Layouts } from './concerts/layouts';
import { createSeatFeed, type SeatFeed } from './concerts/seat-broadcaster';
import { createSeatMaps, type SeatMap } from './concerts/seat-map-cache';
import { createKnownHolds, type KnownHolds } from './holds/known-holds';
import { createJobFeed, type JobFeed } from './jobs/job-broadcaster';
import { openRateLimits, type RateLimits } from './rate-limits/rate-limits';
import { type Cache, createCache } from './reads/cache';
import { createFinders, type Finders } from './reads/find-by-id';
import { type MongoWatch, openMongoWatch } from './reads/mongo-guard';
import { createEventStreams, type EventStreams } from './streams/event-stream';
import { openChannels } from './streams/subscriptions';
import { createLineFeed, type LineFeed } from './waiting-room/queue-broadcaster';

/** What every handler works with. */
export interface ApiContext extends Context {
  acceptCommand: AcceptCommand;
  outcomes: Outcomes;
  waitingRoom: WaitingRoom;
  /** Tells open streams how places in line move. */
  lineFeed: LineFeed;
  /** Tells open streams how seats change. */
  seatFeed: SeatFeed;
  /** Tells open streams which jobs have become final. */
  jobFeed: JobFeed;
  eventStreams: EventStreams;
  mongoWatch: MongoWatch;
  readiness: Readiness;
  rateLimits: RateLimits;
  guesses: Guesses;
  verifyToken: VerifyToken;
  knownHolds: KnownHolds;
  /** Documents as they are now. */
  find: Finders;
  /** Up to a second old. */
  concerts: Cache<ConcertDoc>;
  /** Dates and free seats of a concert, up to SEAT_MAP_CACHE_MS old. */
  dates: Cache<OpenDate[]>;
  layouts: Layouts;
  /** Up to SEAT_MAP_CACHE_MS old. */
  seatMaps: Cache<SeatMap>;
}

const concertAgeMs = 1000;
const keptConcerts = 1000;

/**
 * Opens the stores and whatever else the API needs; `lifecycle.close()` closes all of it.
 * @throws when a store does not answer
 */
export async function openApiContext(config: Config, clock?: Clock): Promise<ApiContext> {
  const context = await openContext(config, 'api', clock);
  try {
    return await extend(context);
  } catch (error) {
    await context.lifecycle.close();
    throw error;
  }
}

async function extend(context: Context): Promise<ApiContext> {
  const { config, clock, models, redis, lifecycle, logger } = context;
  const waitingRoom = createWaitingRoom({
    redis,
    clock,
    secret: config.QUEUE_TOKEN_SECRET,
    prefix: config.QUEUE_PREFIX,
    pollsPerSecond: config.ROOM_POLLS_PER_SECOND,
  });
  const concerts = createCache<ConcertDoc>({
    clock,
    maxEntries: keptConcerts,
    maxAgeMs: concertAgeMs,
    load: (id) => models.concerts.findById(id).lean<ConcertDoc>().exec(),
  });
  const lineFeed = createLineFeed({ waitingRoom, findRoom: (id) => concerts.get(id), logger });
  lifecycle.onClose('line feed', () => lineFeed.close());
  const channels = await openChannels(context);
  const find = createFinders(models);
  const backlog = openBacklog(context);
  return {
    ...context,
    acceptCommand: createAcceptCommand(context, backlog),
    outcomes: openOutcomes(context, channels, backlog),
    readiness: createReadiness(context),
    rateLimits: openRateLimits(context),
    guesses: createGuesses(context),
    mongoWatch: await openMongoWatch(config.MONGODB_URI, lifecycle),
    waitingRoom,
    lineFeed,
    seatFeed: createSeatFeed({ ...context, channels }),
    jobFeed: createJobFeed({ ...context, channels }),
    eventStreams: createEventStreams(context),
    verifyToken: createTokenVerifier(config, clock),
    find,
    knownHolds: createKnownHolds(find),
    concerts,
    dates: createDates(models, clock, config.SEAT_MAP_CACHE_MS),
    layouts: createLayouts(models, clock),
    seatMaps: createSeatMaps(models, clock, config.SEAT_MAP_CACHE_MS),
  };
}
