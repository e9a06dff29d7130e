import type { Random } from '../../random';
import type { Environment } from '../environment/environment';
import { buildHall, type Hall, type HallOptions } from './hall';
import { createHistory, type History } from './history';
import { createPerson, type Http, openHttp } from './http';
import { createSender } from './sender';
import { walk } from './visitor';

/** Clients that walk at random; each waits for one step's end before the next. */
export interface Load {
  hall: Hall;
  history: History;
  http: Http;
  /** Commands with a final outcome so far. */
  finished(): number;
  /** Resolves when all commands are given out and finished. */
  done: Promise<void>;
  /** Gives out no more commands; those under way go on to their end. */
  stop(): void;
}

export interface LoadOptions {
  clients: number;
  /** Most commands. */
  commands: number;
  hall?: HallOptions;
  /** Longest pause of a client between two steps, ms. */
  thinkMs?: number;
  abandons?: number;
  /** See `SenderOptions`. */
  routed?: boolean;
}

/** How long a client looks for the end of a command after the last fault. */
const patienceMs = 90_000;
const answerMs = 12_000;

export async function startLoad({ models, apis }: Environment, random: Random, options: LoadOptions): Promise<Load> {
  const { clients, commands, thinkMs = 100, abandons = 0.02, routed } = options;
  const hall = await buildHall(models, options.hall ?? { sections: 8, seatsPerSection: 2000 });
  const history = createHistory();
  const http = openHttp(answerMs);
  let left = commands;
  let giveUpAt = Infinity;
  const claim = (count: number) => {
    left -= count;
    if (left < 0) giveUpAt = Math.min(giveUpAt, performance.now() + patienceMs);
    return left >= 0;
  };

  async function visitor(number: number): Promise<void> {
    const own = random.fork(`visitor-${number}`);
    const person = await createPerson(`user_${number}`, hall.concertId);
    const sender = createSender({
      ...{ http, apis, history, random: own, giveUpAt: () => giveUpAt },
      ...{ abandons, routed, waitSeconds: 5, gate: 'rejoin' },
    });
    await walk({ person, sender, history, random: own, hall, thinkMs, claim });
  }

  const done = Promise.all(Array.from({ length: clients }, (_, number) => visitor(number))).then(() => http.close());
  return {
    ...{ hall, history, http, done },
    finished: () => history.records.reduce((sum, record) => sum + (record.outcome ? 1 : 0), 0),
    stop: () => void claim(Infinity),
  };
}
