import type { Step } from './closed-loop';
import { openConnection } from './connection';
import { type Summary, summarise } from './summary';

/**
 * Steps begin at a fixed rate, whether earlier ones are answered or not; times count from when a step should have begun,
 * so that a system that falls behind can't hide it.
 */
export async function openLoop(port: number, perSecond: number, seconds: number, step: Step): Promise<Summary> {
  const idle = await Promise.all(Array.from({ length: 64 }, () => openConnection(port)));
  const times: number[] = [];
  const unexpected: string[] = [];
  const underWay = new Set<Promise<void>>();
  let errors = 0;
  const begun = performance.now();
  const total = Math.floor(perSecond * seconds);

  async function one(due: number, client: number): Promise<void> {
    let connection = idle.pop();
    while (connection && !connection.isOpen()) connection = idle.pop();
    connection ??= await openConnection(port);
    try {
      const work = step(connection, client);
      if (work !== null) {
        await work;
        times.push(performance.now() - due);
      }
    } catch (error) {
      errors += 1;
      if (unexpected.length < 3) unexpected.push(String(error));
    }
    idle.push(connection);
  }

  for (let i = 0; i < total; ) {
    const now = performance.now();
    for (; i < total && begun + (i * 1000) / perSecond <= now; i += 1) {
      const work = one(begun + (i * 1000) / perSecond, i).finally(() => underWay.delete(work));
      underWay.add(work);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  for (const connection of idle) connection.close();
  return summarise(times, (performance.now() - begun) / 1000, unexpected, errors);
}
