/** How far something is. */
export interface Progress {
  add(more: number): void;
  /** What stands behind the numbers. */
  note(text: string): void;
  end(): void;
}

type Out = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

const barWidth = 30;
const drawMs = 100;
const lineMs = 5000;

/** A bar on a terminal, now and then a plain line elsewhere. */
export function createProgress(
  what: string,
  total: number,
  out: Out = process.stderr,
  everyMs = out.isTTY ? drawMs : lineMs,
): Progress {
  let done = 0;
  let about = '';
  let reportedAt = performance.now();
  const share = () => (total === 0 ? 1 : Math.min(1, done / total));
  const numbers = () => `${what} ${done} of ${total} (${Math.floor(share() * 100)} %)${about && `  ${about}`}`;

  function draw(): void {
    const filled = Math.round(share() * barWidth);
    const line = `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${numbers()}`;
    out.write(`\r\x1b[K${line.slice(0, (out.columns || 80) - 1)}`);
  }

  function report(): void {
    if (total === 0 || performance.now() - reportedAt < everyMs) return;
    reportedAt = performance.now();
    if (out.isTTY) draw();
    else out.write(`${numbers()}\n`);
  }

  return {
    add(more) {
      done += more;
      report();
    },
    note(text) {
      about = text;
      report();
    },
    end() {
      if (out.isTTY) out.write('\r\x1b[K');
    },
  };
}
