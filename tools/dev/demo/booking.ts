import { type Client, type CommandOptions, createClient, FrontrowError, hasCode } from '../../../client/src/index';

export type Log = (line: string) => void;

/** Somebody at the keyboard: who they are, and their place in line. */
export interface Visitor {
  client: Client;
  queueToken: string | null;
}

/** What became of a command: its outcome, or why it was refused. */
export type CommandResult<R> = { outcome: R; refusal: null } | { outcome: null; refusal: FrontrowError };

/** The client, which prints what it does. */
export interface Booking {
  step(what: string): void;
  log: Log;
  /** Says how every request was answered. */
  clientOf(token?: string): Client;
  /** Gives a command and says what became of it. @throws Error when it was not carried out */
  command<R extends { jobId: string }>(give: (options: CommandOptions) => Promise<R>): Promise<CommandResult<R>>;
}

const longestJobMs = 30_000;

export function createBooking(baseUrl: string, print: Log): Booking {
  let steps = 0;
  const log: Log = (line) => print(`     ${line}`);
  return {
    step(what) {
      steps += 1;
      print(`\n${String(steps).padStart(3)}. ${what}`);
    },
    log,
    clientOf: (token) =>
      createClient({
        baseUrl,
        token,
        deadlineMs: longestJobMs,
        onAnswer: ({ method, path, status }) => log(`${method} ${path} -> ${status || 'no answer'}`),
      }),
    async command(give) {
      try {
        const outcome = await give({});
        const { jobId, ...result } = outcome;
        log(`${jobId} is done: ${JSON.stringify(result)}`);
        return { outcome, refusal: null };
      } catch (error) {
        if (hasCode(error, 'JOB_UNFINISHED'))
          throw new Error(`${error.jobId} is not carried out after 30 s. Is a worker running? (npm run workers)`);
        if (!(error instanceof FrontrowError) || !error.jobId) throw error;
        log(`${error.jobId} is refused: ${error.message}`);
        return { outcome: null, refusal: error };
      }
    },
  };
}

const longestWaitMs = 120_000;

export async function signIn(booking: Booking, name: string): Promise<Visitor> {
  const { token, userId } = await booking
    .clientOf()
    .signIn({ name })
    .catch((error: unknown) => {
      if (!hasCode(error, 'NOT_FOUND')) throw error;
      throw new Error('This server signs nobody in: start it with SIGN_IN=true, as npm start does.');
    });
  booking.log(`${name} is ${userId}`);
  return { client: booking.clientOf(token), queueToken: null };
}

/** Takes a place in line, and waits there if there is one. */
export async function enter(booking: Booking, { client }: Visitor, concertId: string): Promise<Visitor> {
  const queue = client.queue(concertId);
  const deadline = performance.now() + longestWaitMs;
  try {
    for await (const { status, position, pollAfterSeconds, activeUntil } of queue.wait()) {
      if (status === 'active') booking.log(`active until ${activeUntil}`);
      else booking.log(`waiting, position ${position ?? 'not drawn yet'}; next look in ${pollAfterSeconds} s`);
      if (performance.now() > deadline) throw new Error(`Still in line after two minutes: ${why(concertId)}.`);
    }
  } catch (error) {
    if (!hasCode(error, 'CONCERT_NOT_FOUND')) throw error;
    throw new Error(`There is no ${concertId} at this server: npm start makes it.`);
  }
  return { client, queueToken: queue.token };
}

const why = (concertId: string) => `an admin has limited or paused the waiting room of ${concertId}`;
