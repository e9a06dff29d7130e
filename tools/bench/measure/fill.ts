import { flow } from '../cases/flow';
import { closedLoop } from '../load/closed-loop';
import type { Target } from '../targets/target';

const clients = 256;
const bookingsOfPart = 5000;

/** Carries out so many commands, as bookings of new users through the API. @throws when some of them fail */
export async function fill(target: Target, commands: number, say: (line: string) => void): Promise<void> {
  const begun = performance.now();
  let done = 0;
  while (done < commands) {
    const bookings = Math.min(bookingsOfPart, Math.ceil((commands - done) / flow.commands));
    const make = await flow.prepare(target, bookings);
    // Ends when the data does.
    const { count, errors, unexpected } = await closedLoop(target.port, clients, Number.POSITIVE_INFINITY, make(true));
    if (errors > count / 100) throw new Error(`${errors} bookings failed: ${unexpected[0]}`);
    done += count * flow.commands;
    say(`${done} of ${commands} commands, ${Math.round((performance.now() - begun) / 1000)} s`);
  }
}
