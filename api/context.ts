import type { ConcertDoc } from '../shared/concerts/concert.model';
import { type Context, openContext } from '../shared/context';
import { createReadiness, type Readiness } from '../shared/health/readiness';
import type { Clock } from '../shared/platform/clock';
import type { Config } from '../shared/platform/config';
import { openProvider } from '../shared/top-ups/open-provider';
import type { PaymentProvider } from '../shared/top-ups/provider';
import { createWaitingRoom, roomOptions, type WaitingRoom } from '../shared/waiting-room/waiting-room';
import { createLoginThrottle, type LoginThrottle } from './auth/login-throttle';
import { createTokenVerifier, type VerifyToken } from './auth/token-verifier';
import { type AcceptCommand, createAcceptCommand } from './commands/accept';
import { openBacklog } from './commands/backlog';
import { type KindGate, openKindGate } from './commands/kind-gate';
import { type Outcomes, openOutcomes } from './commands/wait-for-outcome';
import { createDates, type OpenDate } from './concerts/dates';
import { createLayouts, type Layouts } from './concerts/layouts';
import { createOwnSeats, type OwnSeatsOf } from './concerts/own-seats';
import { createSeatBroadcaster, type SeatBroadcaster } from './concerts/seat-broadcaster';
import { createSeatMapCache, type SeatMapSnapshot } from './concerts/seat-map-cache';
import { createKnownHolds, type KnownHolds } from './holds/known-holds';
import { createSeatProposals, type SeatProposals } from './holds/propose-seats';
import { createJobBroadcaster, type JobBroadcaster } from './jobs/job-broadcaster';
import { openRateLimits, type RateLimits } from './rate-limits/rate-limits';
import { type Cache, type CacheRead, createCache } from './reads/cache';
import { createFinders, type Finders } from './reads/find-by-id';
import { type MongoGuard, openMongoGuard } from './reads/mongo-guard';
import { createStandbyBroadcaster, type StandbyBroadcaster } from './standby/standby-broadcaster';
import { createEventStreams, type EventStreams } from './streams/event-stream';
import { openSubscriptions } from './streams/subscriptions';
import { createQueueBroadcaster, type QueueBroadcaster } from './waiting-room/queue-broadcaster';

/** What every handler works with. */
export interface ApiContext extends Context {
  acceptCommand: AcceptCommand;
  kindGate: KindGate;
  outcomes: Outcomes;
  waitingRoom: WaitingRoom;
  /** Publishes to open streams how visitors move up in the queue. */
  queueBroadcaster: QueueBroadcaster;
  /** Publishes to open streams how seats change. */
  seatBroadcaster: SeatBroadcaster;
  /** Publishes to open streams which jobs have become final. */
  jobBroadcaster: JobBroadcaster;
  /** Publishes to open streams what becomes of places on standby. */
  standbyBroadcaster: StandbyBroadcaster;
  eventStreams: EventStreams;
  mongoGuard: MongoGuard;
  readiness: Readiness;
  rateLimits: RateLimits;
  loginThrottle: LoginThrottle;
  verifyToken: VerifyToken;
  /** Null unless one is configured. */
  provider: PaymentProvider | null;
  knownHolds: KnownHolds;
  /** Documents as they are now. */
  find: Finders;
  /** Up to CONCERT_CACHE_MS old. */
  concerts: Cache<ConcertDoc>;
  /** Dates and free seats of a concert, up to SEAT_MAP_CACHE_MS old. */
  dates: Cache<OpenDate[]>;
  layouts: Layouts;
  /** Chooses seats for those who don't. */
  seatProposals: SeatProposals;
  /** Up to SEAT_MAP_CACHE_MS old. */
  seatMapCache: Cache<SeatMapSnapshot>;
  /** As they are now. */
  ownSeats: OwnSeatsOf;
}

const maxConcerts = 1000;

/**
 * Opens the stores and whatever else the API needs; `lifecycle.close()` closes all of it.
 * @throws when a store does not answer
 */
export async function openApiContext(config: Config, clock?: Clock): Promise<ApiContext> {
  const context = await openContext(config, 'api', clock, { readsApart: true });
  try {
    return await extend(context);
  } catch (error) {
    await context.lifecycle.close();
    throw error;
  }
}

async function extend(context: Context): Promise<ApiContext> {
  const { config, clock, models, redis, lifecycle, logger, metrics } = context;
  const waitingRoom = createWaitingRoom({
    redis,
    clock,
    ...roomOptions(config),
    pollsPerSecond: config.ROOM_POLLS_PER_SECOND,
  });
  const counted = (cache: string) => (how: CacheRead) => metrics.cacheReads.inc({ cache, how });
  const concerts = createCache<ConcertDoc>({
    clock,
    maxEntries: maxConcerts,
    maxAgeMs: config.CONCERT_CACHE_MS,
    onRead: counted('concerts'),
    load: (id) => models.concerts.findById(id).lean<ConcertDoc>().exec(),
  });
  const queueBroadcaster = createQueueBroadcaster({ waitingRoom, findRoom: (id) => concerts.get(id), logger });
  lifecycle.onClose('queue broadcaster', () => queueBroadcaster.close());
  const subscriptions = await openSubscriptions(context);
  const find = createFinders(models);
  const backlog = openBacklog(context);
  const kindGate = await openKindGate(context);
  const ownSeats = createOwnSeats(context);
  const seatMapCache = createSeatMapCache(models, clock, config.SEAT_MAP_CACHE_MS, counted('seat_maps'));
  return {
    ...context,
    acceptCommand: createAcceptCommand(context, backlog, kindGate),
    kindGate,
    outcomes: openOutcomes(context, subscriptions, backlog),
    readiness: createReadiness(context),
    rateLimits: openRateLimits(context),
    loginThrottle: createLoginThrottle(context),
    mongoGuard: await openMongoGuard(config.MONGODB_URI, lifecycle),
    waitingRoom,
    queueBroadcaster,
    seatBroadcaster: createSeatBroadcaster({ ...context, subscriptions }),
    jobBroadcaster: createJobBroadcaster({ ...context, subscriptions }),
    standbyBroadcaster: createStandbyBroadcaster({ ...context, subscriptions }),
    eventStreams: createEventStreams(context),
    verifyToken: createTokenVerifier(config, clock),
    provider: openProvider(config),
    find,
    knownHolds: createKnownHolds(find),
    concerts,
    dates: createDates(models, clock, config.SEAT_MAP_CACHE_MS, counted('dates')),
    layouts: createLayouts(models, clock, counted('layouts')),
    seatMapCache,
    ownSeats,
    seatProposals: createSeatProposals(seatMapCache, ownSeats, clock),
  };
}
