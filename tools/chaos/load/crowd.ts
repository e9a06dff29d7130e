import type { Random } from '../../random';
import type { Environment } from '../environment/environment';
import { buildHall, type Hall, type HallOptions } from './hall';
import { type CommandRecord, createHistory, type History, newRecord } from './history';
import { createPerson, openHttp, type Person } from './http';
import { createSender, type SenderOptions } from './sender';

/** People who do what a scenario says, many at once: the number of connections is the bound. */
export interface Crowd {
  hall: Hall;
  history: History;
  people: Person[];
  /** Somebody new, in line. */
  newcomer(): Promise<Person>;
  /** Somebody new who is in no line. */
  stranger(): Promise<Person>;
  give(person: Person, kind: Kind, target: string, body?: unknown): Promise<CommandRecord>;
  balanceOf(person: Person): Promise<number | null>;
  close(): void;
}

type Kind = keyof typeof paths;

interface CrowdOptions extends Pick<SenderOptions, 'gate' | 'waitSeconds'> {
  people: number;
  hall: HallOptions;
  /** Connections to each API. */
  sockets?: number;
}

const answerMs = 30_000;
const patienceMs = 15 * 60_000;

type Path = readonly [method: 'POST' | 'DELETE', path: string];

/** Where each kind of command goes; `target` is what it is about. */
const paths = {
  'points.charge': (): Path => ['POST', '/v1/points/charges'],
  'hold.place': (performanceId: string): Path => ['POST', `/v1/performances/${performanceId}/holds`],
  'hold.release': (holdId: string): Path => ['DELETE', `/v1/holds/${holdId}`],
  'payment.pay': (holdId: string): Path => ['POST', `/v1/holds/${holdId}/payment`],
  'reservation.cancel': (reservationId: string): Path => ['POST', `/v1/reservations/${reservationId}/cancellation`],
  'standby.join': (performanceId: string): Path => ['POST', `/v1/performances/${performanceId}/standby`],
  'standby.leave': (standbyId: string): Path => ['DELETE', `/v1/standby/${standbyId}`],
};

export async function gatherCrowd(
  { models, apis }: Environment,
  random: Random,
  options: CrowdOptions,
): Promise<Crowd> {
  const hall = await buildHall(models, options.hall);
  const history = createHistory();
  const http = openHttp(answerMs, options.sockets);
  const giveUpAt = performance.now() + patienceMs;
  const { gate, waitSeconds } = options;
  const sender = createSender({
    ...{ http, apis, history, random: random.fork('crowd'), giveUpAt: () => giveUpAt },
    ...{ abandons: 0, waitSeconds, gate },
  });
  let count = 0;
  let keys = 0;

  function stranger(): Promise<Person> {
    count += 1;
    return createPerson(`user_${count}`, hall.concertId);
  }

  async function newcomer(): Promise<Person> {
    const person = await stranger();
    await sender.enter(person);
    return person;
  }

  const people = await Promise.all(Array.from({ length: options.people }, newcomer));
  return {
    ...{ hall, history, people, newcomer, stranger },
    async give(person, kind, target, body) {
      keys += 1;
      const { userId } = person;
      const [method, path] = paths[kind](target);
      const record = newRecord({ key: `key-${keys}`, userId, kind, method, path, body });
      await sender.carryThrough(record, person);
      return record;
    },
    async balanceOf(person) {
      const answer = await sender.read(person, '/v1/points');
      return (answer?.body as { balance?: number } | null)?.balance ?? null;
    },
    close: http.close,
  };
}
