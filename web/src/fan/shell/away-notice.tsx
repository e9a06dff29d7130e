import { useEffect, useRef, useState } from 'preact/hooks';
import { awaySince } from '../../api/reach';
import { announce } from '../../ui/announcer';
import { messages } from '../messages/messages';

/** ms. Shorter absences are nobody's business. */
const patienceMs = 1500;

/** Says that the server is away, once it has been for a moment, and that it is back. */
export function AwayNotice() {
  const { troubles } = messages.value;
  const [shown, setShown] = useState(false);
  const since = awaySince.value;
  const wasShown = useRef(false);
  useEffect(() => {
    if (since === null) {
      if (wasShown.current) announce(troubles.back);
      wasShown.current = false;
      setShown(false);
      return;
    }
    const timer = setTimeout(() => {
      wasShown.current = true;
      setShown(true);
      announce(`${troubles.away} ${troubles.awayMore}`);
    }, patienceMs);
    return () => clearTimeout(timer);
  }, [since, troubles]);
  if (!shown) return null;
  return (
    <div class="away">
      <span class="spinner" aria-hidden="true" />
      <p>
        <strong>{troubles.away}</strong> {troubles.awayMore}
      </p>
    </div>
  );
}
