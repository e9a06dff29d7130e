import type { Config } from '../platform/config';
import type { SeatDoc } from './seat.model';

/** Redis channel on which workers name the seats of a performance whose status they changed, after the commit. */
export function seatsChannel({ QUEUE_PREFIX }: Pick<Config, 'QUEUE_PREFIX'>, performanceId: string): string {
  return `${QUEUE_PREFIX}:seats:${performanceId}`;
}

/** One message a performance: ids joined by commas, which no seat's id has. It says which seats to read, not what they are. */
export function seatNotices(
  config: Pick<Config, 'QUEUE_PREFIX'>,
  seats: readonly Pick<SeatDoc, '_id' | 'performanceId'>[],
): { channel: string; message: string }[] {
  const idsOf = new Map<string, string[]>();
  for (const { _id, performanceId } of seats) {
    const ids = idsOf.get(performanceId);
    if (ids) ids.push(_id);
    else idsOf.set(performanceId, [_id]);
  }
  return Array.from(idsOf, ([performanceId, ids]) => ({
    channel: seatsChannel(config, performanceId),
    message: ids.join(','),
  }));
}
