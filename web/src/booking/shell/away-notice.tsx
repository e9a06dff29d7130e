import { useEffect, useRef, useState } from 'preact/hooks';
import { unreachableSince } from '../../api/reachable';
import { announce } from '../../ui/announcer';
import { messages } from '../messages/messages';

/** ms. Shorter absences are nobody's business. */
const patienceMs = 1500;

/** Says that the server is away, once it has been for a moment, and that it is back. */
export function AwayNotice() {
  const { problems } = messages.value;
  const [shown, setShown] = useState(false);
  const since = unreachableSince.value;
  const wasShown = useRef(false);
  useEffect(() => {
    if (since === null) {
      if (wasShown.current) announce(problems.back);
      wasShown.current = false;
      setShown(false);
      return;
    }
    const timer = setTimeout(() => {
      wasShown.current = true;
      setShown(true);
      announce(`${problems.away} ${problems.awayMore}`);
    }, patienceMs);
    return () => clearTimeout(timer);
  }, [since, problems]);
  if (!shown) return null;
  return (
    <div class="away">
      <span class="spinner" aria-hidden="true" />
      <p>
        <strong>{problems.away}</strong> {problems.awayMore}
      </p>
    </div>
  );
}
