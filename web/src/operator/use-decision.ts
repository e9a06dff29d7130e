import { useState } from 'preact/hooks';
import type { FrontrowError } from '../api/api';
import { useKeys } from '../api/use-keys';
import { announce } from '../ui/announcer';
import { outcomeOf } from './job-outcome';
import { messages } from './messages/messages';
import { useAction } from './use-action';

interface Decision {
  busy: boolean;
  problem: FrontrowError | null;
  /** What became of the last request, in words. */
  said: { kind: 'good' | 'warn'; text: string } | null;
  /** The form asks for something else now. */
  dismiss(): void;
  /** Sends a command, once for a request until that is decided, and waits for its outcome. @returns whether it is done */
  run(request: unknown, send: (idempotencyKey: string) => Promise<{ id: string }>): Promise<boolean>;
}

/** A command of a form, and what became of it. @param done in words */
export function useDecision(done: string): Decision {
  const [said, setSaid] = useState<Decision['said']>(null);
  const { busy, problem, run } = useAction();
  const keys = useKeys();
  return {
    busy,
    problem,
    said,
    dismiss: () => setSaid(null),
    async run(request, send) {
      let isDone = false;
      setSaid(null);
      await run(async () => {
        const { id } = await send(keys.of(request));
        const { status, reason } = await outcomeOf(id);
        isDone = status === 'done';
        if (status !== 'accepted') keys.renew();
        const text = isDone ? done : (reason ?? messages.peek().commands.stillWaiting);
        setSaid({ kind: isDone ? 'good' : 'warn', text });
        announce(text);
      });
      return isDone;
    },
  };
}
