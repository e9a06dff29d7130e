import { MongoBulkWriteError } from 'mongodb';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import type { AdmissionDoc } from '../../shared/waiting-room/admission.model';
import type { AdmissionNews, Room, WaitingRoom } from '../../shared/waiting-room/waiting-room';

const duplicateKey = 11000;

/** Brings admissions from Redis to where the feed of events reads them, beside the tick. */
export interface AdmissionStore {
  /** Begins unless it is under way for this room. */
  store(room: Room): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export function createAdmissionStore(
  { models, logger }: Pick<Context, 'models' | 'logger'>,
  waitingRoom: WaitingRoom,
): AdmissionStore {
  const under = new Map<string, Promise<void>>();
  const admissions = native(models, 'admissions');

  async function storeAll(room: Room): Promise<void> {
    for (;;) {
      const news = await waitingRoom.news(room);
      if (news.length === 0) return;
      await insertOnce(news.map((one) => docOf(room, one)));
      await waitingRoom.forget(room, news);
    }
  }

  /**
   * In order, and in order only: of two workers at once each meets the other's documents where they are, so whoever stores
   * one has seen all before it stored.
   */
  async function insertOnce(docs: AdmissionDoc[]): Promise<void> {
    try {
      await admissions.insertMany(docs, { ordered: false });
    } catch (error) {
      const errors = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
      if (errors.length === 0 || errors.some(({ code }) => code !== duplicateKey)) throw error;
    }
  }

  return {
    store(room) {
      if (under.has(room._id)) return;
      const stored = storeAll(room)
        // They stay where they are; the next tick tries again.
        .catch((error: unknown) => logger.warn({ concert: room._id, error }, 'admissions not stored'))
        .finally(() => under.delete(room._id));
      under.set(room._id, stored);
    },
    async settled() {
      await Promise.all(under.values());
    },
  };
}

function docOf({ _id: concertId }: Room, { id, at, admitted }: AdmissionNews): AdmissionDoc {
  return { _id: `${concertId}:${id}`, concertId, at, admitted };
}
