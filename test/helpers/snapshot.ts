import type { World } from './world';

const decided = ['seats', 'holds', 'wallets', 'pointEntries', 'payments', 'reservations'] as const;

/** Everything that commands can change, to show that nothing did. */
export async function snapshot({ context }: World): Promise<Record<string, unknown[]>> {
  const all = decided.map(async (name): Promise<[string, unknown[]]> => {
    return [name, await context.connection.collection(name).find().sort({ _id: 1 }).toArray()];
  });
  return Object.fromEntries(await Promise.all(all));
}
