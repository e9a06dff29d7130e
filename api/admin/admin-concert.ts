import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { isTimeZone } from '../../shared/platform/time-zone';
import { example, idOf, time } from '../http/schemas';
import { lineOfText, webAddress } from '../http/text';
import { roomExample, roomSettings } from './room-settings';

export const title = lineOfText(200);

/** Visitors follow it: a web address, nothing that a browser would run. */
export const entryUrl = webAddress(2000)
  .nullable()
  .meta({ description: "Where admitted visitors go; null: the API's own address of the concert" });

export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Must be an IANA time zone such as Asia/Seoul')
  .nullable()
  .meta({
    description: "The venue's time zone, an IANA name; null: that of the setting `TIME_ZONE`",
    example: 'Asia/Seoul',
  });

export const opensAt = time.nullable().meta({ description: 'When the queue opens; null: it is open' });

export const adminConcert = z
  .strictObject({
    id: idOf('concert'),
    title: z.string(),
    opensAt,
    timeZone,
    entryUrl,
    createdAt: time,
    room: roomSettings,
  })
  .meta({ id: 'AdminConcert' });

export function presentAdminConcert({ _id, title, opensAt, timeZone, entryUrl, createdAt, room }: ConcertDoc) {
  const times = { opensAt: opensAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
  return { id: _id, title, timeZone: timeZone ?? null, entryUrl, ...times, room };
}

export const concertExample = {
  id: example.concert,
  title: 'The Demo Concert',
  opensAt: '2026-11-20T10:00:00.000Z',
  timeZone: 'Asia/Seoul',
  entryUrl: 'https://tickets.example.com/demo',
  createdAt: '2026-11-01T09:00:00.000Z',
  room: roomExample,
};
