import { randomBytes } from 'node:crypto';
import { keptSetting } from '../kept';
import { auditCommand } from '../operate/audit/audit-command';
import { runCommand } from '../options';
import { createBooking } from './demo/booking';
import { walkLife } from './demo/life';
import { findServer } from './demo/server';
import { walk } from './demo/walk';

/**
 * Walks a whole booking over HTTP, against a running server or one of its own, then the whole life of a ticket where the admin's
 * password is known, and audits the database where its address is. Ends with 1 when anything is wrong.
 */
async function main({ env } = process): Promise<void> {
  const server = await findServer(env, console.log);
  try {
    const { id, seatIds, performanceId, amount } = await walk(server.url, console.log);
    console.log(`\nReserved: ${seatIds.join(', ')} of ${performanceId} for ${amount} points (${id}).`);
    const password = env.ADMIN_PASSWORD || (await keptSetting('secrets.env', 'ADMIN_PASSWORD'));
    console.log('\nThe whole life of a ticket:');
    const booking = createBooking(server.url, console.log);
    if (!password || !(await walkLife(booking, password, randomBytes(3).toString('hex'))))
      return console.log('\nThe rest needs an operator: give the ADMIN_PASSWORD of this server.');
    await audit(env);
  } finally {
    await server.stop();
  }
}

/** Of another machine's server nobody here knows the database. */
async function audit(env: NodeJS.ProcessEnv): Promise<void> {
  const kept = async (name: string) => env[name] || (env.BASE_URL ? '' : await keptSetting('stores.env', name));
  const [MONGODB_URI, REDIS_URL] = [await kept('MONGODB_URI'), await kept('REDIS_URL')];
  if (!MONGODB_URI) return console.log('\nThe audit needs MONGODB_URI: npm run audit.');
  console.log('\nThe audit:\n');
  const status = await auditCommand([], { ...env, MONGODB_URI, REDIS_URL }, console.log);
  if (status !== 0) throw new Error('The audit found something.');
}

runCommand(
  main().catch((error: Error) => {
    throw new Error(`\nThe demo stopped: ${error.message}`);
  }),
);
