import { z } from 'zod';
import type { RoomLimits } from '../../shared/concerts/concert.model';
import { invalid } from '../http/parse';

const most = 10_000_000;
const day = 86_400;

/** Every limit by itself; `checkLimits` has what they owe each other. */
export const limitShape = {
  maxActive: z.int().min(0).max(most).nullable().meta({ description: 'Most visitors active at once; null: no limit' }),
  admitPerMinute: z
    .int()
    .min(0)
    .max(most)
    .nullable()
    .meta({ description: 'Most visitors let in within any 60 seconds; null: no limit' }),
  sessionSeconds: z.int().min(10).max(day).meta({ description: 'How long an active visitor may do nothing' }),
  maxSessionSeconds: z.int().min(10).max(day).meta({ description: 'Longest visit; not below `sessionSeconds`' }),
  graceSeconds: z.int().min(5).max(day).meta({ description: 'How long a silent visitor keeps the place in line' }),
};

/** Any of the limits; those left out stay as they are. */
export const limitChanges = z.strictObject(limitShape).partial().meta({ id: 'RoomLimitChanges' });

/** @throws Problem VALIDATION_FAILED */
export function checkLimits({ sessionSeconds, maxSessionSeconds }: RoomLimits): void {
  if (maxSessionSeconds < sessionSeconds)
    throw invalid([{ path: 'body.maxSessionSeconds', message: `Below sessionSeconds, which is ${sessionSeconds}` }]);
}
