import { z } from 'zod';
import type { RoomLimits } from '../../shared/concerts/concert.model';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { pathId } from '../http/schemas';

const max = 10_000_000;
const day = 86_400;

/** Every limit by itself; `checkLimits` compares them with each other. */
const limitShape = {
  maxActive: z.int().min(0).max(max).nullable().meta({ description: 'Most visitors active at once; null: no limit' }),
  admitPerMinute: z
    .int()
    .min(0)
    .max(max)
    .nullable()
    .meta({ description: 'Most visitors admitted within any 60 seconds; null: no limit' }),
  sessionSeconds: z.int().min(10).max(day).meta({ description: 'How long an active visitor may do nothing' }),
  maxSessionSeconds: z.int().min(10).max(day).meta({ description: 'Longest session; not below `sessionSeconds`' }),
  graceSeconds: z
    .int()
    .min(5)
    .max(day)
    .meta({ description: 'How long a silent visitor keeps the position in the queue' }),
};

/** Any of the limits; those left out stay as they are. */
export const limitChanges = z.strictObject(limitShape).partial().meta({ id: 'RoomLimitChanges' });

/** @throws Problem VALIDATION_FAILED */
export function checkLimits({ sessionSeconds, maxSessionSeconds }: RoomLimits): void {
  if (maxSessionSeconds < sessionSeconds)
    throw invalid([{ path: 'body.maxSessionSeconds', message: `Below sessionSeconds, which is ${sessionSeconds}` }]);
}

export const roomSettings = z
  .strictObject({
    ...limitShape,
    paused: z.boolean().meta({ description: 'No visitor is admitted' }),
    draining: z.boolean().meta({ description: 'No new visitor may join' }),
    epoch: z.int().min(1).meta({ description: 'Raised by a reset: older queue tokens are invalid' }),
  })
  .meta({ id: 'RoomSettings' });

export const roomExample = {
  maxActive: 500,
  admitPerMinute: 200,
  sessionSeconds: 600,
  maxSessionSeconds: 1800,
  graceSeconds: 120,
  paused: false,
  draining: false,
  epoch: 1,
};

export const roomPath = '/v1/admin/concerts/{concertId}/waiting-room';
export const settingsNow = {
  200: { description: 'The settings now.', content: content(roomSettings, { room: roomExample }) },
};
/** What all endpoints of a waiting room have in common. */
export const roomEndpoint = {
  tag: 'Admin',
  auth: ['admin', 'operator'],
  params: pathId('concertId', 'concert'),
  errors: ['CONCERT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
} as const;
