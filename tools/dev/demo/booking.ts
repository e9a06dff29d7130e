import { type Client, type CommandOptions, createClient, FrontrowError, hasCode } from '../../../client/src/index';

export type Say = (line: string) => void;

/** Somebody at the keyboard: who they are, and their place in line. */
export interface Visitor {
  client: Client;
  queueToken: string | null;
}

/** What became of a command: its outcome, or why it was refused. */
export type Told<R> = { outcome: R; refusal: null } | { outcome: null; refusal: FrontrowError };

/** The client, telling what it does. */
export interface Booking {
  step(what: string): void;
  tell: Say;
  /** Says how every request was answered. */
  clientOf(token?: string): Client;
  /** Gives a command and says what became of it. @throws Error when it was not carried out */
  command<R extends { jobId: string }>(give: (options: CommandOptions) => Promise<R>): Promise<Told<R>>;
}

const longestJobMs = 30_000;

export function createBooking(baseUrl: string, say: Say): Booking {
  let steps = 0;
  const tell: Say = (line) => say(`     ${line}`);
  return {
    step(what) {
      steps += 1;
      say(`\n${String(steps).padStart(3)}. ${what}`);
    },
    tell,
    clientOf: (token) =>
      createClient({
        baseUrl,
        token,
        deadlineMs: longestJobMs,
        onAnswer: ({ method, path, status }) => tell(`${method} ${path} -> ${status || 'no answer'}`),
      }),
    async command(give) {
      try {
        const outcome = await give({});
        const { jobId, ...result } = outcome;
        tell(`${jobId} is done: ${JSON.stringify(result)}`);
        return { outcome, refusal: null };
      } catch (error) {
        if (hasCode(error, 'JOB_UNFINISHED'))
          throw new Error(`${error.jobId} is not carried out after 30 s. Is a worker running? (npm run workers)`);
        if (!(error instanceof FrontrowError) || !error.jobId) throw error;
        tell(`${error.jobId} is refused: ${error.message}`);
        return { outcome: null, refusal: error };
      }
    },
  };
}
