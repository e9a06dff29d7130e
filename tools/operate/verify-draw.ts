import { parseArgs } from 'node:util';
import { drawnPosition, drawSeedHash } from '../../shared/waiting-room/draw';

const usage = `Recomputes a place in an opening draw from what the concert published.

  npm run verify-draw -- --seed-hash <hex, from before> --seed <hex, from after> --participants <n> --number <your draw number>`;

/** Exit code 0 when the seed is the one that was promised, or for help, 1 when not, 2 when the question is incomplete. */
function main(): number {
  const text = { type: 'string' } as const;
  const options = {
    'seed-hash': text,
    seed: text,
    participants: text,
    number: text,
    help: { type: 'boolean' },
  } as const;
  const { values: given } = parseArgs({ options, strict: false });
  if (given.help) {
    console.log(usage);
    return 0;
  }
  const [participants, number] = [Number(given.participants), Number(given.number)];
  const inRange = Number.isInteger(participants) && Number.isInteger(number) && number >= 1 && number <= participants;
  const { seed, 'seed-hash': promised } = given;
  if (typeof promised !== 'string' || typeof seed !== 'string' || !inRange) {
    console.error(usage);
    return 2;
  }
  if (drawSeedHash(seed) !== promised.toLowerCase()) {
    console.error('This is not the seed that was promised: its SHA-256 is another one.');
    return 1;
  }
  console.log('The seed is the one that was promised.');
  console.log(`Draw number ${number} of ${participants} had place ${drawnPosition(seed, number, participants)}.`);
  return 0;
}

process.exitCode = main();
