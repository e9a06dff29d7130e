import { signal } from '@preact/signals';

const text = signal('');
let flip = false;

/** Has a screen reader speak a text when it is done with the current one. For what is also visible, and rarely. */
export function announce(words: string): void {
  // The same words again would be no change, and not be spoken.
  flip = !flip;
  text.value = words + (flip ? '\u00a0' : '');
}

/** Once per page, there from the start: regions that come with their text are not read. */
export function Announcer() {
  return (
    <div class="unseen" role="status" aria-live="polite">
      {text}
    </div>
  );
}
