import { apiOf, FrontrowError, hasCode, newIdempotencyKey } from '../../api/api';
import { keepTrying } from '../../api/keep-trying';
import { who } from '../../platform/session';
import { forgetHold, liveHoldsOf, storeHold } from '../holds/my-holds';
import { storeBalance } from '../points/balance';
import { forgetToken, joinQueue, tokenOf } from '../waiting-room/queue-tokens';
import { allIntents, type Command, type Intent, type Outcome, readIntent, slotOf, writeIntent } from './intent';

const inFlight = new Map<string, Promise<Outcome>>();

/**
 * Has a command carried out once, however often it is asked for, here or in another tab, until its outcome is known.
 * A slot that is under way goes on with the command that it has.
 * @returns the outcome; a lost connection, a server that is away and a session that is over only make it later
 */
export function perform(name: string, command: Command): Promise<Outcome> {
  const userId = who.value?.userId ?? '';
  const slot = slotOf(userId, name);
  const running = inFlight.get(slot);
  if (running !== undefined) return running;
  const before = readIntent(slot);
  const unfinished = before && !before.outcome;
  const intent = unfinished ? before : { slot, name, key: newIdempotencyKey(), userId, command, at: Date.now() };
  if (!unfinished) writeIntent(intent);
  const outcome = alone(slot, () => finish(intent)).finally(() => inFlight.delete(slot));
  inFlight.set(slot, outcome);
  return outcome;
}

/** Goes on with what this user left unfinished: before a reload, in a closed tab, before signing in again. */
export function resumeAll(): void {
  const userId = who.value?.token && who.value.userId;
  if (!userId) return;
  for (const intent of Object.values(allIntents.value))
    if (!intent.outcome && intent.userId === userId) void perform(intent.name, intent.command);
}

/** One tab at a time. Locks end with their tab; where there are none (plain http elsewhere), the server's answers decide. */
function alone<T>(slot: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(`frontrow.${slot}`, work) : work();
}

async function finish(wanted: Intent): Promise<Outcome> {
  const now = readIntent(wanted.slot) ?? wanted;
  // Another tab had the same intent meanwhile, and its outcome is this one's.
  if (now.outcome && now.outcome.at >= wanted.at) return now.outcome;
  const intent = now.outcome ? wanted : now;
  const outcome: Outcome = { ...(await decide(intent)), at: Date.now() };
  applyOutcome(intent, outcome);
  writeIntent({ ...intent, outcome });
  return outcome;
}

async function decide(intent: Intent): Promise<Pick<Outcome, 'result' | 'refusal'>> {
  try {
    return { result: await keepTrying(() => sendSignedIn(intent)) };
  } catch (error) {
    if (!(error instanceof FrontrowError)) throw error;
    return { refusal: refusalOf(error) };
  }
}

/** Waits for the user of the intent where the session is over. */
async function sendSignedIn(intent: Intent): Promise<Record<string, unknown>> {
  for (;;) {
    await signedInAs(intent.userId);
    try {
      return await send(intent);
    } catch (error) {
      if (!hasCode(error, 'UNAUTHENTICATED')) throw error;
    }
  }
}

function refusalOf({ code, detail, problem }: FrontrowError) {
  const { seatIds, yours, together } = problem ?? {};
  const fits = typeof together === 'number' && { together };
  return { code, detail, ...(seatIds && { seatIds }), ...(yours && { yours }), ...fits };
}

function signedInAs(userId: string): Promise<void> {
  const isThere = () => Boolean(who.value?.token) && who.value?.userId === userId;
  return new Promise((resolve) => {
    const stop = who.subscribe(() => {
      // Not within the first call, when there is no way to stop yet.
      if (isThere()) queueMicrotask(() => stop());
      if (isThere()) resolve();
    });
  });
}

/** Sends once (or a few times with the same key) and waits for the outcome. @throws FrontrowError */
async function send({ command, key, userId }: Intent): Promise<Record<string, unknown>> {
  const api = apiOf(userId);
  const options = { idempotencyKey: key };
  switch (command.kind) {
    case 'charge':
      return api.points.charge(command.amount, options);
    case 'release':
      return api.holds.release(command.holdId, options);
    case 'hold':
    case 'find': {
      const queueToken = tokenOf(command.concertId)?.token ?? (await joinQueue(command.concertId)).token;
      const gated = { ...options, queueToken };
      const held = await (command.kind === 'find'
        ? api.holds.placeBest(command.performanceId, command.best, gated)
        : api.holds.place(command.performanceId, command.seatIds, gated));
      storeHold(userId, command, held);
      return held;
    }
    case 'standby': {
      const { performanceId, section, seats } = command;
      return api.standby.join(performanceId, { section, seats }, options);
    }
    case 'leave-standby':
      return api.standby.leave(command.standbyId, options);
    case 'pay':
      return api.holds.pay(command.holdId, options);
    case 'cancel':
      return api.reservations.cancel(command.reservationId, { ...options, seatIds: command.seatIds });
  }
}

const endings = ['QUEUE_TOKEN_EXPIRED', 'QUEUE_TOKEN_INVALID'];

/** What an outcome changes about what all tabs know. */
function applyOutcome({ command, userId }: Intent, { result, refusal }: Outcome): void {
  if (typeof result?.balance === 'number') storeBalance(userId, result.balance);
  // Tokens and holds are those of the user who is signed in.
  if (who.peek()?.userId !== userId) return;
  if (command.kind === 'pay' && result) {
    forgetHold(command.holdId);
    // Paying the last one ends the visit.
    if (liveHoldsOf(command.performanceId).length === 0) forgetToken(command.concertId, 'completed');
  }
  if (command.kind === 'release' && result) forgetHold(command.holdId);
  if ('concertId' in command && refusal && endings.includes(refusal.code))
    forgetToken(command.concertId, 'session-over');
}
