import { runCommand } from '../options';
import { findServer } from './demo/server';
import { walk } from './demo/walk';

/** Walks a whole booking over HTTP, against a running server or one of its own. Ends with 1 when anything is wrong. */
async function main(): Promise<void> {
  const server = await findServer(process.env, console.log);
  try {
    const { id, seatIds, performanceId, amount } = await walk(server.url, console.log);
    console.log(`\nReserved: ${seatIds.join(', ')} of ${performanceId} for ${amount} points (${id}).`);
  } finally {
    await server.stop();
  }
}

runCommand(
  main().catch((error: Error) => {
    throw new Error(`\nThe demo stopped: ${error.message}`);
  }),
);
