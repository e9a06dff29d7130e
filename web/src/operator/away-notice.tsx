import { useEffect, useRef, useState } from 'preact/hooks';
import { unreachableSince } from '../api/reachable';
import { announce } from '../ui/announcer';
import { Notice } from '../ui/notice';
import { messages } from './messages/messages';

/** ms. Shorter absences are nobody's business. */
const patienceMs = 1500;

/** Says that the server is away, once it has been for a moment, and that it is back. */
export function AwayNotice() {
  const { shell } = messages.value;
  const [shown, setShown] = useState(false);
  const wasShown = useRef(false);
  const isAway = unreachableSince.value !== null;
  useEffect(() => {
    const timer = setTimeout(() => setShown(isAway), isAway ? patienceMs : 0);
    return () => clearTimeout(timer);
  }, [isAway]);
  useEffect(() => {
    if (shown) announce(`${shell.away} ${shell.awayMore}`);
    else if (wasShown.current) announce(shell.here);
    wasShown.current = shown;
  }, [shown]);
  if (!shown) return null;
  return (
    <div class="above">
      <Notice kind="warn" title={shell.away}>
        <p>{shell.awayMore}</p>
      </Notice>
    </div>
  );
}
