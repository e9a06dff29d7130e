import { z } from 'zod';
import type { Room } from '../../shared/concerts/concert.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { time } from '../http/schemas';

export const queueTokenHeader = z.object({ 'queue-token': z.string().optional() });

const seconds = z.number().min(0);

export const queueTokenState = z
  .strictObject({
    status: z.enum(['waiting', 'active', 'completed', 'expired', 'left']),
    position: z
      .int()
      .min(1)
      .nullable()
      .meta({ description: '1 is next; null before the queue opens and after the wait' }),
    ahead: z.int().min(0).nullable().meta({ description: 'Visitors ahead now' }),
    etaSeconds: seconds.nullable(),
    eta: z
      .strictObject({ known: z.boolean(), lowSeconds: seconds.nullable(), highSeconds: seconds.nullable() })
      .meta({ description: 'From the measured rate of admissions; not known until there is one' }),
    paused: z
      .boolean()
      .meta({ description: 'While waiting: no visitor is admitted for now, and every position is kept' }),
    pollAfterSeconds: seconds.nullable().meta({ description: 'Poll again after this, not before; null at the end' }),
    expiresAt: time.nullable().meta({ description: 'When the token ends unless it is polled' }),
    activeUntil: time.nullable().meta({ description: 'While active: until when, unless polls or use extend it' }),
    activeUntilAtMost: time.nullable().meta({ description: 'While active: the latest that it can be extended to' }),
    entryUrl: z.string().nullable().meta({ description: 'While active: where to go' }),
    opensAt: time.nullable().meta({ description: 'When the queue opens, if it has not yet' }),
    drawNumber: z.int().nullable().meta({ description: 'Number in the opening draw, for visitors who came before it' }),
  })
  .meta({ id: 'QueueTokenState' });

export const waitingExample = {
  status: 'waiting' as const,
  position: 42,
  ahead: 41,
  etaSeconds: 75,
  eta: { known: true, lowSeconds: 60, highSeconds: 95 },
  paused: false,
  pollAfterSeconds: 5,
  expiresAt: '2026-11-20T19:02:00.000Z',
  activeUntil: null,
  activeUntilAtMost: null,
  entryUrl: null,
  opensAt: null,
  drawNumber: null,
};

export const activeExample = {
  ...waitingExample,
  status: 'active' as const,
  position: null,
  ahead: null,
  etaSeconds: null,
  eta: { known: false, lowSeconds: null, highSeconds: null },
  pollAfterSeconds: 30,
  expiresAt: '2026-11-20T19:10:00.000Z',
  activeUntil: '2026-11-20T19:10:00.000Z',
  activeUntilAtMost: '2026-11-20T19:30:00.000Z',
  entryUrl: '/v1/concerts/concert_demo/performances',
};

/** The waiting room of a concert. @throws Problem CONCERT_NOT_FOUND */
export async function roomOf({ concerts }: Pick<ApiContext, 'concerts'>, concertId: string): Promise<Room> {
  const concert = await concerts.get(concertId);
  if (!concert) throw new Problem('CONCERT_NOT_FOUND');
  return concert;
}
