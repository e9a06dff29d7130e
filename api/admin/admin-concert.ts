import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { example, idOf, time } from '../http/schemas';
import { lineOfText, webAddress } from '../http/text';
import { roomExample, roomSettings } from './room-settings';

export const title = lineOfText(200);

/** Visitors follow it: a web address, nothing that a browser would run. */
export const entryUrl = webAddress(2000)
  .nullable()
  .meta({ description: "Where admitted visitors go; null: the API's own address of the concert" });

export const opensAt = time.nullable().meta({ description: 'When the queue opens; null: it is open' });

export const adminConcert = z
  .strictObject({ id: idOf('concert'), title: z.string(), opensAt, entryUrl, createdAt: time, room: roomSettings })
  .meta({ id: 'AdminConcert' });

export function presentAdminConcert({ _id, title, opensAt, entryUrl, createdAt, room }: ConcertDoc) {
  const times = { opensAt: opensAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
  return { id: _id, title, entryUrl, ...times, room };
}

export const concertExample = {
  id: example.concert,
  title: 'The Demo Concert',
  opensAt: '2026-11-20T19:00:00.000Z',
  entryUrl: 'https://tickets.example.com/demo',
  createdAt: '2026-11-01T09:00:00.000Z',
  room: roomExample,
};
