import { z } from 'zod';

const id = z.string().min(1).max(80);
const amount = z.number().int().min(1);
const seats = z.object({ holdId: id, performanceId: id, section: z.string() });

/** Commands about seats share a lane per performance and section; commands about a wallet share a lane per user. */
export type QueueKind = 'reservation' | 'wallet';

interface Definition<P extends z.ZodType> {
  queue: QueueKind;
  payload: P;
  /** Commands with the same key are carried out one at a time, in the order accepted. */
  laneKey(payload: z.infer<P>, userId: string): string;
}

function define<P extends z.ZodType>(definition: Definition<P>): Definition<P> {
  return definition;
}

const bySection = (payload: { performanceId: string; section: string }) =>
  `${payload.performanceId}/${payload.section}`;
const byUser = (_payload: unknown, userId: string) => userId;

/** Every command, once: who producers and workers alike ask for queue, payload and lane. */
export const catalogue = {
  'hold.place': define({
    queue: 'reservation',
    payload: z.object({
      ...{ concertId: id, performanceId: id, section: z.string(), seatIds: z.array(id).min(1) },
      /** ms: what is accepted from then on is refused. */
      startsAt: z.int().optional(),
    }),
    laneKey: bySection,
  }),
  'hold.release': define({ queue: 'reservation', payload: seats, laneKey: bySection }),
  'hold.expire': define({ queue: 'reservation', payload: seats, laneKey: bySection }),
  'points.charge': define({ queue: 'wallet', payload: z.object({ amount }), laneKey: byUser }),
  'points.use': define({ queue: 'wallet', payload: z.object({ amount }), laneKey: byUser }),
  'payment.pay': define({ queue: 'wallet', payload: z.object({ holdId: id }), laneKey: byUser }),
} as const;

export type CommandKind = keyof typeof catalogue;
export type PayloadOf<K extends CommandKind> = z.infer<(typeof catalogue)[K]['payload']>;
export const commandKinds = Object.keys(catalogue) as CommandKind[];
