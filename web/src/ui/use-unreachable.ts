import { useEffect, useRef, useState } from 'preact/hooks';
import { unreachableSince } from '../api/reachable';
import { announce } from './announcer';

/** ms. A shorter outage is not worth a notice. */
const patienceMs = 1500;

/** Whether to say that the server is unreachable: once it has been for a moment. Screen readers announce it, and when it is back. */
export function useUnreachable(away: string, back: string): boolean {
  const [shown, setShown] = useState(false);
  const wasShown = useRef(false);
  const isAway = unreachableSince.value !== null;
  useEffect(() => {
    const timer = setTimeout(() => setShown(isAway), isAway ? patienceMs : 0);
    return () => clearTimeout(timer);
  }, [isAway]);
  useEffect(() => {
    if (shown) announce(away);
    else if (wasShown.current) announce(back);
    wasShown.current = shown;
  }, [shown]);
  return shown;
}
