import { createFindings } from '../../../workers/audit/findings';
import type { Rules } from '../../../workers/audit/invariants';
import { passes } from '../../../workers/audit/run-audit';
import { holdMs } from '../hall';
import { memoryReader } from '../memory/reader';
import { Mismatch } from '../state';
import type { Run, Step } from '../steps';
import { workerCount } from '../steps';
import type { System } from '../system';
import { ask, pickHold, repeat } from './ask';
import { blockSome, freeSome } from './change-blocks';
import { callOff, closeLines, giveBack, movePerformance } from './change-dates';
import { compareData } from './compare';
import { demand, type Game, newGame } from './game';
import { runGroups } from './run';
import { takeLane } from './take-lane';

/** Plays one sequence on an empty system, and beside it on the model. @throws Mismatch when they part */
export async function play(system: System, steps: readonly Step[], tally = new Map<string, number>()): Promise<void> {
  const game = newGame(system, tally);
  await Promise.all(system.lanes.map((lane, index) => takeLane(game, index % workerCount, lane, true)));
  for (const step of steps) await playStep(game, step);
  const nothingDeleted = { commandsBefore: new Date(0), holdsBefore: new Date(0) };
  await check(game, {
    ...nothingDeleted,
    clockStepMs: 1000,
    holdGraceMs: Infinity,
    unfinishedMs: Infinity,
    quiet: false,
  });
  await settle(game);
  await check(game, { ...nothingDeleted, clockStepMs: 1000, holdGraceMs: 0, unfinishedMs: 0, quiet: true });
}

async function playStep(game: Game, step: Step): Promise<void> {
  const { system, jobs, owners } = game;
  switch (step.step) {
    case 'ask':
      return ask(game, step.user, step.asked, step.skewMs);
    case 'repeat':
      return repeat(game, step.request, step.changed);
    case 'run':
      return runGroups(game, step.runs);
    case 'deliver': {
      const place = step.job % Math.max(1, jobs.length);
      const lane = step.again ? jobs[place] : jobs.splice(place, 1)[0];
      const worker = owners.get(lane ?? '')?.worker;
      if (worker === undefined) return;
      return runGroups(game, [{ worker, lanes: 0, size: step.size, mishap: 'none' }]);
    }
    case 'take':
      return takeLane(game, step.worker, system.lanes[step.lane % system.lanes.length] ?? '', step.notified);
    case 'move':
      return movePerformance(game, step);
    case 'call off':
      return callOff(game, step.performance);
    case 'give back':
      await giveBack(game, step.holds);
      return;
    case 'block':
      return blockSome(game, step);
    case 'free':
      return freeSome(game, step);
    case 'close lines':
      await closeLines(game);
      return;
    case 'wait':
      return system.advance(step.ms);
    case 'jump': {
      const end = game.model.holds[game.holds.get(pickHold(game, step.hold)) ?? '']?.end;
      if (end !== undefined) system.advance(Math.max(0, end + step.offsetMs - system.now()));
    }
  }
}

/** One worker takes everything over and sweeps, past the end of every hold: then nothing may be unfinished. */
async function settle(game: Game): Promise<void> {
  const { system } = game;
  const unfinished = () => Object.entries(game.model.commands).filter(([, { status }]) => status === 'accepted');
  await Promise.all(system.lanes.map((lane) => takeLane(game, 0, lane, true)));
  const sweep: Run = { worker: 0, lanes: 0, size: 7, mishap: 'none' };
  for (let round = 0; round < 100; round += 1) {
    await giveBack(game, 10);
    await runGroups(game, [sweep]);
    const made = (await giveBack(game, 10)) + (await closeLines(game));
    if (unfinished().length === 0 && made === 0) return;
    system.advance(holdMs);
  }
  const left = unfinished();
  throw new Mismatch(`never finished: ${left.map(([id, { request }]) => `${id} (${request.kind})`).join(', ')}`);
}

/** The database is as the model says, and the audit finds nothing in it. */
async function check(game: Game, rules: Omit<Rules, 'now'>): Promise<void> {
  const data = await game.system.read();
  compareData(game, data);
  const now = new Date(game.system.now());
  const findings = createFindings(5);
  for (const pass of passes) await pass(memoryReader(data, now), findings, { ...rules, now });
  const named = findings.violations.map(({ invariant, message, ids }) => `${invariant}: ${message} [${ids.join()}]`);
  demand(named.length === 0, () => `the audit names\n${named.join('\n')}`);
}
