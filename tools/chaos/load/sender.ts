import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random';
import type { KeptApi } from '../environment/kept-process';
import type { CommandRecord, History } from './history';
import type { Answer, Http } from './http';
import { headersOf, type Person } from './http';
import { codeOf, compareRepeat, noteAccepted, noteOutcome } from './read-job';

/** How clients talk to the API processes: any of them, and again with the same key until the end is known. */
export interface Sender {
  /** Sends a command until its final outcome, or a final no, is known, or the load has given up. */
  carryThrough(record: CommandRecord, person: Person): Promise<void>;
  /** Sends a finished command once more: it must be answered as before. */
  repeat(record: CommandRecord, person: Person): Promise<void>;
  /** Joins the line until there is a queue token. */
  enter(person: Person): Promise<void>;
  /** Reads until there is an answer other than 503; null when the load has given up. */
  read(person: Person, path: string): Promise<Answer | null>;
}

export interface SenderOptions {
  http: Http;
  apis: readonly KeptApi[];
  history: History;
  random: Random;
  /** `performance.now()` from which on nothing is tried again. */
  giveUpAt(): number;
  /** How often a client goes away before it has the answer, and how many seconds it asks the API to hold it back. */
  abandons: number;
  waitSeconds: number;
  /** What a closed gate means: come back through the waiting room, or that it is over. */
  gate: 'rejoin' | 'final';
  /** Whether clients know at once which processes are down, as behind a load balancer that does; true by default. */
  routed?: boolean;
}

export function createSender(options: SenderOptions): Sender {
  const { http, history, random, routed = true } = options;
  const pause = (least: number, most: number) => sleep(random.int(least, most));
  const inTime = () => performance.now() < options.giveUpAt();
  const anyApi = () => {
    const up = routed ? options.apis.filter((api) => api.isUp()) : options.apis;
    return random.pick(up.length > 0 ? up : options.apis);
  };

  async function offer(record: CommandRecord, person: Person): Promise<void> {
    const api = anyApi();
    const run = api.runName();
    record.tries += 1;
    const abandonMs = random.next() < options.abandons ? random.int(1, 40) : undefined;
    const headers = { ...headersOf(person), 'Idempotency-Key': record.key, Prefer: `wait=${options.waitSeconds}` };
    const { method, path, body } = record;
    const { answer, failure } = await http.send(api.url, { method, path, body, headers, abandonMs });
    if (failure) {
      history.count(failure);
      if (failure !== 'refused') record.lostTries += 1;
      return failure === 'refused' || failure === 'abandoned' ? undefined : void (await pause(20, 200));
    }
    history.count(tally(answer));
    if (answer.status === 202) return noteAccepted(history, record, answer, api.runName() === run ? run : null);
    await refused(record, person, answer);
  }

  async function refused(record: CommandRecord, person: Person, answer: Answer): Promise<void> {
    const code = codeOf(answer);
    if (answer.status === 503 || answer.status === 429) {
      if (code === 'SERVICE_UNAVAILABLE') record.lostTries += 1;
      return void (await pause(100, 400));
    }
    if (code.startsWith('QUEUE_TOKEN_') && options.gate === 'rejoin') return join(person);
    if (answer.status === 403) record.refusedAtDoor = code;
    else {
      history.contradict(
        `${record.method} ${record.path} was answered ${tally(answer)}: ${JSON.stringify(answer.body)}`,
      );
      if (answer.status < 500) record.refusedAtDoor = code;
      await pause(100, 400);
    }
  }

  async function join(person: Person): Promise<void> {
    const path = `/v1/concerts/${person.concertId}/queue-token`;
    const { answer } = await http.send(anyApi().url, { method: 'POST', path, headers: headersOf(person) });
    if (answer?.status === 200) person.queueToken = (answer.body as { token: string }).token;
    else await pause(100, 400);
  }

  async function poll(record: CommandRecord, person: Person): Promise<void> {
    await pause(50, 400);
    const path = `/v1/jobs/${record.jobId}`;
    const { answer, failure } = await http.send(anyApi().url, { method: 'GET', path, headers: headersOf(person) });
    history.count(failure ?? tally(answer));
    if (answer?.status === 200) noteOutcome(history, record, answer);
    else if (answer && answer.status !== 503 && answer.status !== 429)
      history.contradict(`${path} of an accepted command was answered ${tally(answer)}`);
  }

  return {
    async carryThrough(record, person) {
      history.records.push(record);
      while (!record.outcome && !record.refusedAtDoor && inTime())
        await (record.jobId ? poll(record, person) : offer(record, person));
    },
    async enter(person) {
      while (person.queueToken === null && inTime()) await join(person);
    },
    async repeat(record, person) {
      const headers = { ...headersOf(person), 'Idempotency-Key': record.key };
      const { method, path, body } = record;
      const { answer } = await http.send(anyApi().url, { method, path, body, headers });
      if (!answer || answer.status === 503 || answer.status === 429) return;
      history.count(`repeated: ${tally(answer)}`);
      compareRepeat(history, record, answer);
    },
    async read(person, path) {
      while (inTime()) {
        const { answer } = await http.send(anyApi().url, { method: 'GET', path, headers: headersOf(person) });
        if (answer && answer.status !== 503 && answer.status !== 429) return answer;
        await pause(50, 400);
      }
      return null;
    },
  };
}

/** `202`, `503 OVERLOADED` … */
function tally(answer: Answer): string {
  return answer.status < 400 ? String(answer.status) : `${answer.status} ${codeOf(answer)}`;
}
