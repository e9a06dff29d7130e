import { useEffect, useState } from 'preact/hooks';
import { type LiveSeats, watchSeats } from './watch-seats';

/** The seats of a performance, followed while the page is there. */
export function useSeats(performanceId: string | null): LiveSeats | null {
  const [seats, setSeats] = useState<LiveSeats | null>(null);
  useEffect(() => {
    if (!performanceId) return setSeats(null);
    const watched = watchSeats(performanceId);
    setSeats(watched);
    return watched.stop;
  }, [performanceId]);
  return seats;
}
