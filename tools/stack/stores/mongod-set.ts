import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { freePort } from '../free-port';
import { launch, type Running } from '../process';
import { mongodParameters } from './mongod';

/** Three mongods as one replica set. */
export interface MongodSet {
  /** Without a database name: `mongodb://a,b,c/?replicaSet=…`. */
  uri: string;
  members: readonly Member[];
  /** Waits for one. */
  primary(): Promise<Member>;
  /** Waits until each member is the primary or a secondary: one that rolls back has no vote, nor data to go on with. */
  whole(): Promise<void>;
  close(): Promise<void>;
}

export interface Member {
  host: string;
  process(): Running;
  /** On this member itself, whatever its state. */
  ask(command: object): Promise<Record<string, unknown>>;
  start(): Promise<void>;
}

interface SetOptions {
  binary: string;
  folder: string;
  /** How long a silent primary stays the primary (`electionTimeoutMillis`; MongoDB's default is 10,000). */
  electionMs: number;
  /** What stands between the members: the port at which the others find the one at this port. Clients go straight to it. */
  between?(port: number): Promise<number>;
}

const name = 'chaos';
const electMs = 60_000;
/** A member that recovers or rolls back takes long on a busy machine. */
const wholeMs = 180_000;

export async function startMongodSet({ binary, folder, electionMs, between }: SetOptions): Promise<MongodSet> {
  const members = await Promise.all(['0', '1', '2'].map((index) => createMember(binary, join(folder, index))));
  await Promise.all(members.map((member) => member.start()));
  const portOf = (host: string) => Number(host.split(':')[1]);
  const known = await Promise.all(
    members.map(async ({ host }) => (between ? `127.0.0.1:${await between(portOf(host))}` : host)),
  );
  const config = {
    _id: name,
    members: known.map((host, _id) => ({ _id, host })),
    settings: { electionTimeoutMillis: electionMs },
  };
  await members[0]?.ask({ replSetInitiate: config });
  const hosts = members.map(({ host }) => host).join(',');
  const set = {
    uri: `mongodb://${hosts}/?replicaSet=${name}`,
    members,
    primary: () => findPrimary(members),
    whole: () => untilWhole(members),
    close: async () => void (await Promise.all(members.map((member) => end(member.process())))),
  };
  await set.primary();
  return set;
}

async function createMember(binary: string, folder: string): Promise<Member> {
  const port = await freePort(0);
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  const host = `127.0.0.1:${port}`;
  const place = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const args = ['--replSet', name, ...place, '--wiredTigerCacheSizeGB', '0.25', ...mongodParameters];
  const ask = (command: object) => askAt(host, command);
  const ready = async () => Boolean(await ask({ ping: 1 }));
  let running: Running;
  return {
    host,
    process: () => running,
    ask,
    async start() {
      running = await launch({ name: 'mongod', command: binary, args, folder, stopMs: 20_000, ready });
    },
  };
}

async function findPrimary(members: readonly Member[]): Promise<Member> {
  const deadline = performance.now() + electMs;
  while (performance.now() < deadline) {
    for (const member of members) {
      const hello = await member.ask({ hello: 1 }).catch(() => null);
      if (hello?.isWritablePrimary) return member;
    }
    await sleep(50);
  }
  throw new Error(`no primary within ${electMs} ms`);
}

async function untilWhole(members: readonly Member[]): Promise<void> {
  const deadline = performance.now() + wholeMs;
  while (performance.now() < deadline) {
    const states = await Promise.all(members.map((member) => member.ask({ hello: 1 }).catch(() => null)));
    const serving = states.filter((hello) => hello?.isWritablePrimary || hello?.secondary);
    if (serving.length === members.length && states.some((hello) => hello?.isWritablePrimary)) return;
    await sleep(100);
  }
  throw new Error(`a member neither primary nor secondary within ${wholeMs} ms`);
}

/** A frozen one would not hear SIGTERM. */
async function end(running: Running): Promise<void> {
  running.process.kill('SIGCONT');
  await running.stop('SIGKILL');
}

/** A client of its own each time, since one that could not connect stays closed, and a frozen member never answers. */
async function askAt(host: string, command: object): Promise<Record<string, unknown>> {
  const options = { serverSelectionTimeoutMS: 1000, connectTimeoutMS: 1000, socketTimeoutMS: 5000 };
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, options);
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}
