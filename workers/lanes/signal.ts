/** Something to wait for that may be raised before anybody waits. */
export interface Signal {
  raise(): void;
  /** Resolves true when raised, false after `ms` milliseconds. */
  wait(ms: number): Promise<boolean>;
}

export function createSignal(): Signal {
  let raised = false;
  let wake: (() => void) | null = null;
  return {
    raise() {
      raised = true;
      wake?.();
    },
    async wait(ms) {
      if (!raised) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, ms);
        });
        clearTimeout(timer);
        wake = null;
      }
      const was = raised;
      raised = false;
      return was;
    },
  };
}
