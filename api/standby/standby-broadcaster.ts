import type { Context } from '../../shared/context';
import { lineId, type StandbyEntryDoc } from '../../shared/standby/standby.model';
import { decodePlaces, standbyChannel } from '../../shared/standby/standby-channel';
import type { Subscriptions } from '../streams/subscriptions';
import { readLivePlaces } from './live-places';
import { notWaiting, type PlaceInLine, placeInLine, presentPlace, type StandbyPlace } from './standby-place';

/** How a stream is written to. */
interface PlaceSink {
  send(place: StandbyPlace | null): void;
  end(): void;
}

/** Publishes to the streams of one process what becomes of their users' places on standby. */
export interface StandbyBroadcaster {
  /**
   * Sends the user's newest place at a performance, null without one, then again whenever it changes. The stream is ended when
   * the first reading fails: the client comes back.
   * @returns how to stop
   */
  subscribe(userId: string, performanceId: string, sink: PlaceSink): () => void;
}

type StandbyBroadcasterContext = Pick<Context, 'config' | 'models' | 'logger' | 'lifecycle'> & {
  subscriptions: Subscriptions;
};

/** ms. Places that are named within this time are read together. */
const gatherMs = 30;
/** Lines in one check, and places in them unless one line alone has more; if there are more, they take turns. */
const maxLines = 100;
const maxPlaces = 10_000;
/** Places that checks read, a second: after more of them the next check is put off. */
const readsPerSecond = 10_000;
/** Users in one query. */
const perQuery = 100;

/** What the streams of a user at a performance were sent last; `doc` is undefined until it was read. */
interface Watch {
  doc: StandbyEntryDoc | null | undefined;
  place: PlaceInLine;
  sinks: Set<PlaceSink>;
}

/**
 * Workers publish on Redis which places they changed. Since that may be lost, the lines of live places with subscribers are
 * also read every STREAM_CHECK_MS, which shows how these move up as well.
 */
export function createStandbyBroadcaster(context: StandbyBroadcasterContext): StandbyBroadcaster {
  const { config, models, logger, lifecycle, subscriptions } = context;
  /** By user, then by performance. */
  const watches = new Map<string, Map<string, Watch>>();
  /** Ids that have come by message and are not read yet. */
  const received = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let checking = false;
  /** Messages were lost. */
  let allDue = false;
  let nextCheckAt = 0;
  let turn = 0;

  function publish(doc: StandbyEntryDoc, place: PlaceInLine): void {
    const watch = watches.get(doc.userId)?.get(doc.performanceId);
    if (watch && isNews(watch, doc, place)) set(watch, doc, place);
  }

  async function read(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const docs = await models.standbyEntries.find({ _id: { $in: ids } }).lean<StandbyEntryDoc[]>();
    await Promise.all(docs.map(readPlace));
  }

  async function readPlace(doc: StandbyEntryDoc): Promise<void> {
    if (watches.get(doc.userId)?.has(doc.performanceId)) publish(doc, await placeInLine(models, doc));
  }

  async function readNewest(userId: string, performanceId: string, watch: Watch): Promise<void> {
    const newest = models.standbyEntries.findOne({ userId, performanceId }).sort({ _id: -1 });
    const doc = await newest.lean<StandbyEntryDoc | null>();
    if (doc) await readPlace(doc);
    else if (watch.doc === undefined) set(watch, null, notWaiting);
  }

  function receive(message: string): void {
    if (watches.size === 0) return;
    for (const { _id, userId } of decodePlaces(message)) if (watches.has(userId)) received.add(_id);
    if (received.size === 0) return;
    timer ??= setTimeout(readReceived, gatherMs);
  }

  function readReceived(): void {
    timer = undefined;
    const ids = [...received];
    received.clear();
    read(ids).catch((error: unknown) => {
      logger.debug({ error }, 'places on standby not read');
      if (lifecycle.stopping) return;
      for (const id of ids) received.add(id);
      timer ??= setTimeout(readReceived, config.STREAM_CHECK_MS);
    });
  }

  const live = () =>
    [...watches.values()].flatMap((ofUser) =>
      [...ofUser.values()].flatMap(({ doc, place }) => (doc?.live ? { doc, length: place.length ?? 1 } : [])),
    );

  /** The next lines to check, with one live place of each. */
  function nextLines(): Map<string, StandbyEntryDoc> {
    const lines = new Map(live().map((one) => [lineId(one.doc), one]));
    if (turn >= lines.size) turn = 0;
    const some = new Map<string, StandbyEntryDoc>();
    let places = 0;
    for (const [id, { doc, length }] of [...lines].slice(turn, turn + maxLines)) {
      places += length;
      if (some.size > 0 && places > maxPlaces) break;
      some.set(id, doc);
    }
    turn += some.size;
    return some;
  }

  /** One query, unless a place is not as it was sent. */
  async function check(): Promise<void> {
    const some = nextLines();
    if (some.size === 0) return;
    const found = await readLivePlaces(models, [...some.values()]);
    nextCheckAt = performance.now() + (found.count / readsPerSecond) * 1000;
    const changed: string[] = [];
    for (const { doc } of live()) {
      const { status, ...place } = found.of(doc) ?? { status: null, ...notWaiting };
      if (status === doc.status) publish(doc, place);
      else if (some.has(lineId(doc))) changed.push(doc._id);
    }
    await read(changed);
  }

  /** Of users who had no live place as well, who may have joined elsewhere. */
  async function checkAll(): Promise<void> {
    await check();
    const users = [...watches.keys()];
    for (let from = 0; from < users.length; from += perQuery) {
      const some = users.slice(from, from + perQuery);
      const docs = await models.standbyEntries.find({ userId: { $in: some }, live: true }).lean<StandbyEntryDoc[]>();
      await Promise.all(docs.map(readPlace));
    }
  }

  function checkOnce(): void {
    if (checking) return;
    checking = true;
    const isAll = allDue;
    allDue = false;
    (isAll ? checkAll() : check())
      .catch((error: unknown) => {
        allDue ||= isAll;
        logger.debug({ error }, 'places on standby not checked');
      })
      .finally(() => {
        checking = false;
      });
  }

  const unsubscribe = subscriptions.subscribe(standbyChannel(config), receive);
  subscriptions.onReconnect(() => {
    allDue = true;
    checkOnce();
  });
  const interval = setInterval(() => {
    if (allDue || performance.now() >= nextCheckAt) checkOnce();
  }, config.STREAM_CHECK_MS);
  lifecycle.onClose('standby broadcaster', () => {
    clearInterval(interval);
    clearTimeout(timer);
    unsubscribe();
  });

  return {
    subscribe(userId, performanceId, sink) {
      const ofUser = watches.get(userId) ?? new Map<string, Watch>();
      const watch = ofUser.get(performanceId) ?? { doc: undefined, place: notWaiting, sinks: new Set() };
      watches.set(userId, ofUser.set(performanceId, watch));
      watch.sinks.add(sink);
      if (watch.doc !== undefined) sink.send(bodyOf(watch));
      else
        readNewest(userId, performanceId, watch).catch((error: unknown) => {
          logger.debug({ error }, 'place on standby not read');
          sink.end();
        });
      return () => {
        watch.sinks.delete(sink);
        if (watch.sinks.size > 0) return;
        ofUser.delete(performanceId);
        if (ofUser.size === 0) watches.delete(userId);
      };
    },
  };
}

const bodyOf = ({ doc, place }: Watch) => (doc ? presentPlace(doc, place) : null);

function set(watch: Watch, doc: StandbyEntryDoc | null, place: PlaceInLine): void {
  Object.assign(watch, { doc, place });
  for (const sink of watch.sinks) sink.send(bodyOf(watch));
}

/** Whether it is another, or further than what was sent: readings overtake each other, and nobody moves back in a line. */
function isNews({ doc: known, place: before }: Watch, doc: StandbyEntryDoc, place: PlaceInLine): boolean {
  if (!known || doc._id > known._id) return true;
  if (doc._id < known._id || progress(doc) < progress(known)) return false;
  if (progress(doc) > progress(known)) return true;
  if (doc.status !== 'waiting' || (place.position ?? 0) > (before.position ?? 0)) return false;
  return place.position !== before.position || place.length !== before.length;
}

/** A place waits, may be offered something, and ends. */
const progress = ({ status, live }: StandbyEntryDoc) => (status === 'waiting' ? 0 : live ? 1 : 2);
