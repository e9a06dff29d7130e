import { useRef, useState } from 'preact/hooks';
import { who } from '../../platform/session';
import { allIntents, type Command, type Outcome } from './intent';
import { perform } from './perform';

export interface CommandState {
  /** Asked for and not decided yet, in whichever tab. */
  pending: boolean;
  /** What this person wants, while it is pending. */
  command: Command | null;
  /** Of what became known while this page was there. */
  outcome: Outcome | null;
  /** Whether this page asked for it, or found it unfinished: it is the one to go on from the outcome. */
  mine: boolean;
  run(command: Command): void;
  /** Puts the outcome away. */
  dismiss(): void;
}

/** A slot for one command at a time, as it is now. */
export function useCommand(slot: string): CommandState {
  const since = useRef(Date.now());
  const [, redraw] = useState(0);
  const known = allIntents.value[slot];
  const intent = known && known.userId === who.value?.userId ? known : null;
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
      void perform(slot, command);
    },
    dismiss() {
      since.current = Date.now() + 1;
      redraw((n) => n + 1);
    },
  };
}
