import type { LaneNumbers, Lanes } from '../../api/api';
import type { Resource } from '../../api/use-resource';
import { duration } from '../../i18n/duration';
import { format } from '../../i18n/format';
import { api } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';

export function useLanes(): Resource<Lanes> {
  return useLive('lanes', (signal) => api.call('GET /v1/admin/lanes', { signal }));
}

interface LaneSum {
  due: number;
  later: number;
  /** The lane whose command has been due for longest. Null: nothing is due. */
  oldest: { lane: string; seconds: number } | null;
  carriedOut: number;
}

export function sumOfLanes(lanes: readonly LaneNumbers[]): LaneSum {
  const sum = (of: 'due' | 'later' | 'carriedOut') => lanes.reduce((total, lane) => total + lane[of], 0);
  const behind = lanes.flatMap(({ lane, oldestSeconds }) =>
    oldestSeconds === null ? [] : { lane, seconds: oldestSeconds },
  );
  return {
    due: sum('due'),
    later: sum('later'),
    carriedOut: sum('carriedOut'),
    oldest: behind.sort((a, b) => b.seconds - a.seconds)[0] ?? null,
  };
}

/** Tenths below ten seconds: an idle lane's commands wait for less than one. */
export function age(seconds: number): string {
  const { unit } = messages.value;
  return seconds < 10 ? unit.shortSeconds(format.value.tenths(seconds)) : duration(seconds, unit);
}

/** From this age on something is wrong, seconds. */
export const oldSeconds = 5;
