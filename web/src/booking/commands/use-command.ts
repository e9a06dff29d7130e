import { useRef, useState } from 'preact/hooks';
import { who } from '../../platform/session';
import { allIntents, type Command, type Outcome, slotOf } from './intent';
import { perform } from './perform';

export interface CommandState {
  /** Asked for and not decided yet, in any tab. */
  pending: boolean;
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

/** One command of a name at a time, as it is now: `charge`, or `pay` and which hold. */
export function useCommand(name: string): CommandState {
  const since = useRef(Date.now());
  const [, redraw] = useState(0);
  const intent = allIntents.value[slotOf(who.value?.userId ?? '', name)] ?? null;
  const pending = intent !== null && !intent.outcome;
  const mine = useRef(pending);
  const outcome = intent?.outcome && intent.outcome.at >= since.current ? intent.outcome : null;
  return {
    pending,
    command: pending ? intent.command : null,
    outcome,
    mine: mine.current,
    run(command) {
      mine.current = true;
      void perform(name, command);
    },
    dismiss() {
      since.current = Date.now() + 1;
      redraw((n) => n + 1);
    },
  };
}
