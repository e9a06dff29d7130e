import { api } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { who } from '../../platform/session';
import { useRedrawAt } from '../../ui/use-clock';
import { liveHoldsOf, noteHolds } from './my-holds';

/** As many as one looks at: live holds come first, and the seat limit allows few of them. */
const limit = 20;

/** This user's live holds of a performance, the newest last, from whichever device they were made. */
export function useMyHolds(concertId: string, performanceId: string) {
  const userId = who.value?.token && who.value.userId;
  const { reload } = useResource(userId ? `holds ${userId} ${performanceId}` : null, async (signal) => {
    const { items } = await api.call('GET /v1/holds', { query: { performanceId, limit }, signal });
    if (userId && !signal.aborted) noteHolds(userId, concertId, [...items].reverse());
    return items;
  });
  const holds = liveHoldsOf(performanceId);
  // Draws anew when the first of them ends.
  useRedrawAt(holds.map(({ expiresAt }) => expiresAt).sort()[0] ?? null);
  return { holds, reload };
}
