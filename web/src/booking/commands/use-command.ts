import { useEffect, useRef, useState } from 'preact/hooks';
import { who } from '../../platform/session';
import { allIntents, type Command, type Outcome, slotOf } from './intent';
import { perform } from './perform';

export interface CommandState {
  /** Asked for and not decided yet, in any tab. */
  pending: boolean;
  /** An outcome has just come: no command is taken, since a click was aimed at what was shown before it. */
  resting: boolean;
  /** What this user asked for, while it is pending. */
  command: Command | null;
  /** Of what became known while this page was there. */
  outcome: Outcome | null;
  /** Whether this page asked for it, or found it unfinished: it is the one to go on from the outcome. */
  mine: boolean;
  run(command: Command): void;
  /** Puts the outcome away. */
  dismiss(): void;
}

/** ms. Whoever clicks twice, or presses Enter twice, wants one thing; after this they have seen what came of it. */
const restMs = 800;

/** One command of a name at a time, as it is now: `charge`, or `pay` and which hold. */
export function useCommand(name: string): CommandState {
  const since = useRef(Date.now());
  const [, redraw] = useState(0);
  const intent = allIntents.value[slotOf(who.value?.userId ?? '', name)] ?? null;
  const pending = intent !== null && !intent.outcome;
  const mine = useRef(pending);
  const rest = useRestMs();
  const outcome = intent?.outcome && intent.outcome.at >= since.current ? intent.outcome : null;
  return {
    pending,
    resting: rest() > 0,
    command: pending ? intent.command : null,
    outcome,
    mine: mine.current,
    run(command) {
      if (rest() > 0) return;
      mine.current = true;
      void perform(name, command);
    },
    dismiss() {
      since.current = Date.now() + 1;
      redraw((n) => n + 1);
    },
  };
}

/** How long no command is taken, ms: after any outcome, since the button of the next one may come to lie under the same pointer. */
function useRestMs(): () => number {
  const [, redraw] = useState(0);
  const userId = who.value?.userId;
  const outcomes = Object.values(allIntents.value).flatMap(({ userId: id, outcome }) =>
    id === userId && outcome ? outcome.at : [],
  );
  const last = Math.max(0, ...outcomes);
  // A clock that was set back must not make the rest longer.
  const left = () => (last > Date.now() ? 0 : last + restMs - Date.now());
  useEffect(() => {
    if (left() <= 0) return;
    const timer = setTimeout(() => redraw((n) => n + 1), left() + 1);
    return () => clearTimeout(timer);
  }, [last]);
  return left;
}
