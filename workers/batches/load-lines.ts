import type { ClientSession } from 'mongodb';
import { laneOf } from '../../shared/commands/lane-of';
import type { Context } from '../../shared/context';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { native } from '../../shared/models';
import { type Line, lineId, type StandbyEntryDoc } from '../../shared/standby/standby.model';
import type { Needs, StandbyWish } from '../handler';
import { holderKey, type Surroundings } from './batch-state';
import { type BatchReader, countsHolds, type Loaded, put } from './loaded';

/** What is known of standby lines before they are read, and how much of them to read. */
export interface LinesKnown {
  isEmpty(lineId: string): boolean;
  /** Entries of each line. */
  maxWaiting: number;
}

export const nothingKnown: LinesKnown = { isEmpty: () => false, maxWaiting: 50 };

interface LineNeeds extends Pick<Required<Needs>, 'standbyLines' | 'lines' | 'freedHolds' | 'wishes'> {
  /** Holds that somebody else's hold may end. */
  atEnd: readonly HoldDoc[];
  known: LinesKnown;
}

/**
 * Reads who waits for seats that may come free, and what else an offer depends on. Of a line that its lane's owner knows to be
 * empty it reads nothing, of one without people only its document.
 */
export async function loadLines(
  session: ClientSession,
  { models, config }: Pick<Context, 'models' | 'config'>,
  loaded: Loaded,
  read: BatchReader,
  { standbyLines, lines, freedHolds, wishes, atEnd, known }: LineNeeds,
): Promise<Pick<Surroundings, 'readTo' | 'busy'>> {
  const { slots } = loaded;
  const ofOthers = freedHolds.flatMap((id) => slots.holds.get(id)?.current ?? []).map(lineId);
  const changed = new Set([...standbyLines, ...ofOthers]);
  const maybe = [...lines, ...atEnd].map(lineId).filter((id) => !changed.has(id) && !known.isEmpty(id));
  const ids = [...new Set([...changed, ...maybe])];
  await read.byId('standbyLines', ids);
  for (const id of ids)
    loaded.lanesOfLines.set(id, laneOf(config, 'standby.leave', { standbyId: '', ...lineOf(id) }, ''));
  for (const wish of wishes) await readWish(wish);

  const readTo = new Map<string, number>();
  const waiting: StandbyEntryDoc[] = [];
  for (const id of ids) if (slots.standbyLines.get(id)?.current.waiting) waiting.push(...(await readLine(id)));
  if (waiting.length === 0) return { readTo, busy: new Map() };
  await read.performances([...new Set(waiting.map(({ performanceId }) => performanceId))]);
  if (countsHolds(config)) await read.holdsOf(waiting);
  return { readTo, busy: await readBusy(waiting) };

  /** Who waits, in order, and what is free although somebody waits. */
  async function readLine(id: string): Promise<StandbyEntryDoc[]> {
    const line = lineOf(id);
    const entries = await native(models, 'standbyEntries')
      .find({ ...line, status: 'waiting' }, { session })
      .sort({ number: 1 })
      .limit(known.maxWaiting)
      .toArray();
    const ids = entries.map(({ _id }) => _id);
    put(loaded, 'standbyEntries', ids, entries);
    if (entries.length === known.maxWaiting) readTo.set(id, entries.at(-1)?.number ?? 0);
    // Dearer seats, of which there may be many, are for none of these.
    const price = Math.max(0, ...entries.map(({ maxPrice }) => maxPrice ?? Infinity));
    await readFree(line, price);
    return entries;
  }

  async function readFree(line: Line, maxPrice: number, limit = 0): Promise<void> {
    const price = maxPrice < Infinity ? { price: { $lte: maxPrice } } : {};
    const free = native(models, 'seats').find({ ...line, status: 'available', ...price }, { session });
    const seats = await (limit > 0 ? free.limit(limit) : free).toArray();
    put(
      loaded,
      'seats',
      seats.map(({ _id }) => _id),
      seats,
    );
  }

  /** Enough free seats to refuse the wish, also if the batch takes some of them; and the user's other wish. */
  async function readWish({ userId, performanceId, section, seats, maxPrice = Infinity }: StandbyWish): Promise<void> {
    await readFree({ performanceId, section }, maxPrice, seats + slots.seats.size);
    const live = await native(models, 'standbyEntries')
      .find({ userId, performanceId, live: true }, { session })
      .toArray();
    put(
      loaded,
      'standbyEntries',
      live.map(({ _id }) => _id),
      live,
    );
  }

  /** Of whom a hold, or another wish, is being decided. */
  async function readBusy(entries: readonly StandbyEntryDoc[]): Promise<Map<string, string>> {
    const keys = [...new Set(entries.map(holderKey))];
    const unfinished = native(models, 'commands').find(
      { exclusive: { $in: keys, $type: 'string' }, status: 'accepted' },
      { session, projection: { exclusive: 1 } },
    );
    return new Map((await unfinished.toArray()).map(({ exclusive = '', _id }) => [exclusive, _id]));
  }
}

/** A performance's id has no slash. */
function lineOf(id: string): Line {
  const slash = id.indexOf('/');
  return { performanceId: id.slice(0, slash), section: id.slice(slash + 1) };
}
