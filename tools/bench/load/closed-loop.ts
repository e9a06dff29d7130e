import { type HttpConnection, openConnection } from './connection';
import type { OpenConnection } from './generators';
import { type Summary, summarise } from './summary';

/**
 * One thing that a simulated client does, again and again; answers how many times it counts, or throws with what was
 * unexpected. `null`: nothing left to do.
 */
export type Step = (connection: HttpConnection, client: number) => Promise<void> | null;

/** Each connection does the next step as soon as the last is answered: what the system can do at most. */
export async function closedLoop(
  port: number,
  connections: number,
  seconds: number,
  step: Step,
  connect: OpenConnection = openConnection,
): Promise<Summary> {
  const open = await Promise.all(Array.from({ length: connections }, () => connect(port)));
  const times: number[] = [];
  const unexpected: string[] = [];
  let errors = 0;
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let last = begun;
  await Promise.all(
    open.map(async (connection, client) => {
      while (performance.now() < end) {
        const started = performance.now();
        const work = step(connection, client);
        if (!work) break;
        try {
          await work;
          last = performance.now();
          times.push(last - started);
        } catch (error) {
          errors += 1;
          if (unexpected.length < 3) unexpected.push(String(error));
        }
      }
      connection.close();
    }),
  );
  return summarise(times, (last - begun) / 1000, unexpected, errors);
}
