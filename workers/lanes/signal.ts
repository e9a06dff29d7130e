/** Something to wait for that may ring before anybody waits. */
export interface Bell {
  ring(): void;
  /** Resolves true when rung, false after `ms` milliseconds. */
  wait(ms: number): Promise<boolean>;
}

export function createSignal(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(ms) {
      if (!rung) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, ms);
        });
        clearTimeout(timer);
        wake = null;
      }
      const was = rung;
      rung = false;
      return was;
    },
  };
}
