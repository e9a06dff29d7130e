import { useEffect, useState } from 'preact/hooks';
import { who } from '../../platform/session';
import { type Line, watchQueue } from './watch-queue';

/** The line of a concert, followed while the page is there and somebody is signed in. */
export function useQueue(concertId: string): Line | null {
  const [line, setLine] = useState<Line | null>(null);
  const token = who.value?.token;
  useEffect(() => {
    if (!token || !concertId) return setLine(null);
    const watched = watchQueue(concertId);
    setLine(watched);
    return watched.stop;
  }, [concertId, token]);
  return line;
}
