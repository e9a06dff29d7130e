import { useState } from 'preact/hooks';
import { FrontrowError } from '../api/api';

interface Act {
  busy: boolean;
  problem: FrontrowError | null;
  /** @returns whether it went well */
  run(work: () => Promise<unknown>): Promise<boolean>;
}

/** Something that a click sets off, once at a time. */
export function useAction(): Act {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FrontrowError | null>(null);
  return {
    busy,
    problem,
    async run(work) {
      if (busy) return false;
      setBusy(true);
      setProblem(null);
      try {
        await work();
        return true;
      } catch (error) {
        setProblem(error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR', { cause: error }));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
