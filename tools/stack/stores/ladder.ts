/** Tells a person what goes on, one line at a time. */
export type Say = (line: string) => void;

/** One place a store could come from. `attempt` throws an Error whose message is the reason why it does not. */
interface Rung<T> {
  name: string;
  attempt(): Promise<T>;
}

/** No rung held. The message lists each with its reason and ends with the remedy. */
class StoreNotFound extends Error {}

/**
 * The first rung that holds. Later rungs are not tried, since they cost a download.
 * @throws StoreNotFound
 */
export async function climb<T>(rungs: Rung<T>[], title: string, remedy: string): Promise<T> {
  const reasons: string[] = [];
  for (const rung of rungs) {
    try {
      return await rung.attempt();
    } catch (error) {
      reasons.push(`  - ${rung.name}: ${reasonOf(error)}`);
    }
  }
  throw new StoreNotFound(`${title} Tried, in this order:\n${reasons.join('\n')}\nRemedy: ${remedy}`);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\s*\n\s*/g, ' | ');
}
