import type { CallRoom } from './call-room';
import type { Answer } from './read-answer';
import type { Room } from './room';
import type { Verb } from './scripts';

type VisitorVerb = Exclude<Verb, 'admit' | 'numbers' | 'adopt'>;

/** Who asks, by user and place. */
interface Asking {
  place: string;
  userId: string;
  /** What the verb's script is told besides. */
  says?: string;
}

/** Asks Redis for one visitor. */
export type ServeVisitor = (verb: VisitorVerb, room: Room, asking: Asking) => Promise<Answer>;

interface Visitor {
  args: (string | number)[];
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Most that one call serves, so that it never keeps Redis for long. */
const mostInCall = 100;

/**
 * Visitors who come in the same turn of the event loop, to the same room for the same, share one call: under load that
 * saves most of what a call costs here and in Redis. Nobody waits for others to come.
 */
export function createServeVisitor(call: CallRoom, random: () => number): ServeVisitor {
  let turn = new Map<Room, Map<VisitorVerb, Visitor[]>>();

  function serveAll(): void {
    const rooms = turn;
    turn = new Map();
    for (const [room, verbs] of rooms)
      for (const [verb, visitors] of verbs)
        for (let from = 0; from < visitors.length; from += mostInCall)
          void serve(call, verb, room, visitors.slice(from, from + mostInCall));
  }

  return (verb, room, { place, userId, says = '' }) =>
    new Promise((resolve, reject) => {
      if (turn.size === 0) setImmediate(serveAll);
      const verbs = turn.get(room) ?? new Map<VisitorVerb, Visitor[]>();
      const visitors = verbs.get(verb) ?? [];
      turn.set(room, verbs.set(verb, visitors));
      visitors.push({ args: [place, userId, random(), says], resolve, reject });
    });
}

async function serve(call: CallRoom, verb: VisitorVerb, room: Room, visitors: Visitor[]): Promise<void> {
  try {
    const answers = await call(
      verb,
      room,
      visitors.flatMap(({ args }) => args),
    );
    const stale = answers[0] === 'stale';
    for (const [i, { resolve }] of visitors.entries()) resolve(stale ? answers : (answers[i] as Answer));
  } catch (error) {
    for (const { reject } of visitors) reject(error);
  }
}
