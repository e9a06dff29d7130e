import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../../percentile';
import type { Random } from '../../random';
import type { Environment } from '../environment/environment';
import { createHistory, type History, newRecord } from './history';
import { createPerson, headersOf, openHttp, type Person } from './http';
import { codeOf, noteAccepted } from './read-job';

/** Charges of many users that don't wait for outcomes, as fast as asked for. */
interface Arrivals {
  history: History;
  /** So many a second for some time, whether or not anybody keeps up. */
  open(perSecond: number, ms: number): Promise<void>;
  /** As many as are carried out: each client sends the next one when its last is finished. */
  closed(ms: number): Promise<void>;
  /** Not sent, since too many were under way already. */
  dropped(): number;
  /** Milliseconds within which a share of the requests of the open load was answered. */
  answerMs(share: number): number;
  close(): void;
}

const users = 500;
const closedClients = 128;
const mostUnderWay = 3000;
const tickMs = 20;
const answerMs = 30_000;

export async function startArrivals({ apis }: Environment, random: Random): Promise<Arrivals> {
  const history = createHistory();
  const http = openHttp(answerMs, 256);
  const people = await Promise.all(Array.from({ length: users }, (_, i) => createPerson(`user_${i}`, 'none')));
  const answered: number[] = [];
  let keys = 0;
  let underWay = 0;
  let dropped = 0;

  async function charge(person: Person, waitSeconds: number): Promise<void> {
    keys += 1;
    const path = '/v1/points/charges';
    const body = { amount: 1 };
    const { userId } = person;
    const record = newRecord({ userId, key: `key-${keys}`, kind: 'points.charge', method: 'POST', path, body });
    record.attended = false;
    history.records.push(record);
    const api = random.pick(apis);
    const run = api.runName();
    const headers = { ...headersOf(person), 'Idempotency-Key': record.key, Prefer: `wait=${waitSeconds}` };
    record.tries = 1;
    const { answer, failure } = await http.send(api.url, { method: 'POST', path, body, headers });
    if (waitSeconds === 0) answered.push(performance.now() - record.firstSentAt);
    history.count(failure ?? (answer.status < 400 ? String(answer.status) : `${answer.status} ${codeOf(answer)}`));
    if (!answer) record.lostTries = 1;
    else if (answer.status === 202) noteAccepted(history, record, answer, run);
    else if (codeOf(answer) === 'OVERLOADED') record.refusedAtDoor = 'OVERLOADED';
    else if (answer.status === 503) record.lostTries = 1;
    else history.contradict(`a charge was answered ${answer.status} ${codeOf(answer)}`);
  }

  async function chargeOnce(): Promise<void> {
    underWay += 1;
    await charge(random.pick(people), 0);
    underWay -= 1;
  }

  return {
    history,
    async open(perSecond, ms) {
      const start = performance.now();
      const sending: Promise<void>[] = [];
      for (let sent = 0; performance.now() - start < ms; ) {
        const due = Math.floor(((performance.now() - start) / 1000) * perSecond);
        for (; sent < due; sent += 1) {
          if (underWay >= mostUnderWay) dropped += 1;
          else sending.push(chargeOnce());
        }
        await sleep(tickMs);
      }
      await Promise.all(sending);
    },
    async closed(ms) {
      const end = performance.now() + ms;
      const client = async (person: Person) => {
        while (performance.now() < end) await charge(person, 10);
      };
      await Promise.all(people.slice(0, closedClients).map(client));
    },
    dropped: () => dropped,
    answerMs: (share) => Math.round(percentile(answered, share)),
    close: http.close,
  };
}
