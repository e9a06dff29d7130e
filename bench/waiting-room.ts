import { openBenchRoom } from './waiting-room/bench-room';
import { bytesPerDrawnWaiter, measureCosts } from './waiting-room/costs';

/**
 * What do calls and waiters cost as the line grows? `npm run bench:waiting-room`, or with other lengths of the line as
 * arguments.
 */
async function main(): Promise<void> {
  const given = process.argv.slice(2).map(Number);
  const sizes = given.length > 0 ? given : [1000, 10_000, 100_000, 1_000_000];
  const bench = await openBenchRoom();
  try {
    const costs = await measureCosts(bench, sizes);
    console.log('Microseconds of CPU in Redis per call, bytes of Redis per waiter:');
    console.table(costs);
    const [first, last] = [costs[0], costs.at(-1)];
    if (first && last) {
      const verbs = ['join', 'poll', 'leave', 'admit', 'gate'] as const;
      console.log('Longest line against the shortest:');
      console.table(
        Object.fromEntries(verbs.map((verb) => [verb, Math.round((100 * last[verb]) / first[verb]) / 100])),
      );
    }
    console.log(`Bytes per waiter with a draw number: ${await bytesPerDrawnWaiter(bench, sizes[2] ?? 1000)}`);
  } finally {
    await bench.close();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
