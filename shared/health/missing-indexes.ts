import type { Check } from './readiness';

/** ms. Indexes don't come and go; once all were there they are not looked at for a while. */
const goodForMs = 30_000;

/** Says which of the indexes that the invariants lean on are not there. */
export function missingIndexes(): Check {
  let goodUntil = 0;
  return async ({ models }) => {
    if (performance.now() < goodUntil) return null;
    const missing = (await Promise.all(Object.values(models).map(missingOf))).flat();
    if (missing.length > 0) return missing.join(', ');
    goodUntil = performance.now() + goodForMs;
    return null;
  };
}

interface Indexed {
  schema: { indexes(): [keys: object, options: object][] };
  collection: { name: string; listIndexes(): { toArray(): Promise<{ key: object; unique?: boolean }[]> } };
}

async function missingOf({ schema, collection }: Indexed): Promise<string[]> {
  const needed = schema.indexes();
  if (needed.length === 0) return [];
  const there = new Set((await collection.listIndexes().toArray()).map(describe));
  return needed
    .map(([key, options]) => describe({ key, ...options }))
    .filter((index) => !there.has(index))
    .map((index) => `${collection.name} ${index}`);
}

function describe({ key, unique }: { key: object; unique?: boolean }): string {
  return `${unique ? 'unique ' : ''}${JSON.stringify(key)}`;
}
