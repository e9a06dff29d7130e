import fc from 'fast-check';
import { drawSeed } from '../../../shared/waiting-room/draw';
import { makeQueueToken } from '../../../shared/waiting-room/queue-token';
import type { WaitingRoom } from '../../../shared/waiting-room/waiting-room';
import { type Lab, roomOf, secret } from '../lab';
import * as commands from './commands';
import { nothing, placesOf } from './observe';
import { emptyRoom, line, type Reference, type Settings } from './reference';
import type { RoomUnderTest } from './room-under-test';
import { anyCommand, anySettings, start, users } from './sequences';

/** What a faulty room does otherwise, beyond its scripts. */
export type Plant = (room: WaitingRoom, lab: Lab) => WaitingRoom;

/**
 * Runs random sequences against the real room and fails at the first broken promise.
 * @param lab one with the frozen clock
 * @param fault given: only the promises count
 */
export async function checkModel(lab: Lab, runs: number, seed: number, fault?: { plant?: Plant }): Promise<void> {
  let sequence = 0;
  const steps = fc.array(anyCommand, { minLength: 3, maxLength: 24 });
  const property = fc.asyncProperty(anySettings, steps, async (settings, sequenceOfSteps) => {
    const { reference, real } = openRoom(lab, `model_${sequence++}`, settings);
    if (fault) faulty(real, fault.plant);
    for (const step of [...sequenceOfSteps, ...closing]) await step.run(reference, real);
    if (!fault) await everybodyGetsIn(reference, real);
    await lab.redis.unlink(Object.values(lab.keys(real.room._id)));
  });
  await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
}

function openRoom(lab: Lab, id: string, settings: Omit<Settings, 'seed'>) {
  const { opensAt, sessionMs, maxSessionMs, graceMs } = settings;
  const seconds = {
    sessionSeconds: sessionMs / 1000,
    maxSessionSeconds: maxSessionMs / 1000,
    graceSeconds: graceMs / 1000,
  };
  const room = roomOf({ id, opensAt: opensAt ? new Date(opensAt) : null, ...seconds });
  const scope = { concertId: id, epoch: 1 };
  const real: RoomUnderTest = {
    ...{ lab, room, one: lab.room, other: lab.other, last: nothing, history: [], promisesOnly: false },
    users: placesOf(room, users),
    tokens: new Map(users.map((name) => [name, makeQueueToken(secret, scope, name)])),
  };
  return { real, reference: emptyRoom(start, { ...settings, seed: drawSeed(secret, id, 1) }) };
}

function faulty(real: RoomUnderTest, plant: Plant = (room) => room): void {
  const { lab, one, other } = real;
  Object.assign(real, { one: plant(one, lab), other: plant(other, lab), promisesOnly: true });
}

/** Whatever happened: with a limit and a moving line, everybody who keeps polling gets in. */
const closing = [commands.operate({ paused: false }), commands.setLimits(2, null)];

async function everybodyGetsIn(reference: Reference, real: RoomUnderTest): Promise<void> {
  // Two come in a minute; each step is half of one.
  for (let step = 0; step < 2 * users.length; step++) {
    const waiting = line(reference);
    if (waiting.length === 0) return;
    for (const [name] of waiting) await commands.poll(name).run(reference, real);
    await commands.elapse(30, true).run(reference, real);
  }
  throw new Error(`nobody is stuck: ${JSON.stringify(line(reference))}`);
}
