import type { Room } from '../concerts/concert.model';
import { encodeVisitor, MalformedAnswer } from './codec';
import type { Argument, VisitorAnswer, VisitorRequest } from './protocol';
import type { RunScript, VisitorScript } from './scripts';

type Request = Pick<VisitorRequest, 'visitorId' | 'userId'> & Partial<Pick<VisitorRequest, 'hasToken' | 'paymentId'>>;

/** Runs a script for one visitor. */
export type ServeVisitor = (script: VisitorScript, room: Room, request: Request) => Promise<VisitorAnswer>;

interface Waiting {
  args: Argument[];
  resolve(answer: VisitorAnswer): void;
  reject(error: unknown): void;
}

/** Most visitors that one call serves, so that it never keeps Redis for long. */
const maxInCall = 100;

/**
 * Requests that come in the same turn of the event loop, to the same waiting room for the same script, share one call:
 * under load that saves most of what a call costs here and in Redis. No request waits for others to come.
 */
export function createServeVisitor(run: RunScript, random: () => number): ServeVisitor {
  let turn = new Map<Room, Map<VisitorScript, Waiting[]>>();

  function serveAll(): void {
    const rooms = turn;
    turn = new Map();
    for (const [room, scripts] of rooms)
      for (const [script, waiting] of scripts)
        for (let from = 0; from < waiting.length; from += maxInCall)
          void serve(run, script, room, waiting.slice(from, from + maxInCall));
  }

  return (script, room, request) =>
    new Promise((resolve, reject) => {
      if (turn.size === 0) setImmediate(serveAll);
      const scripts = turn.get(room) ?? new Map<VisitorScript, Waiting[]>();
      const waiting = scripts.get(script) ?? [];
      turn.set(room, scripts.set(script, waiting));
      const args = encodeVisitor({ hasToken: false, paymentId: '', ...request, jitter: random() });
      waiting.push({ args, resolve, reject });
    });
}

async function serve(run: RunScript, script: VisitorScript, room: Room, waiting: Waiting[]): Promise<void> {
  try {
    const requests = waiting.flatMap(({ args }) => args);
    const answers = await run(script, room, requests);
    const [first] = answers;
    for (const [i, { resolve, reject }] of waiting.entries()) {
      // The whole call was refused.
      const answer = first?.outcome === 'outdated' ? first : answers[i];
      if (answer) resolve(answer);
      else reject(new MalformedAnswer(answers));
    }
  } catch (error) {
    for (const { reject } of waiting) reject(error);
  }
}
