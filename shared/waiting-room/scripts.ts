import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { projectRoot } from '../platform/project-root';

/** Each verb is one script: these files of lua/, one after the other. */
const parts = {
  join: ['room', 'advance', 'enter', 'join', 'serve'],
  poll: ['room', 'advance', 'enter', 'poll', 'serve'],
  watch: ['room', 'advance', 'enter', 'watch', 'serve'],
  gate: ['room', 'advance', 'enter', 'gate', 'serve'],
  leave: ['room', 'advance', 'leave', 'serve'],
  finish: ['room', 'advance', 'finish', 'serve'],
  admit: ['room', 'advance', 'admit'],
  adopt: ['room', 'adopt'],
  numbers: ['room', 'advance', 'numbers'],
} as const;

export type Verb = keyof typeof parts;
export type Scripts = Record<Verb, { source: string; sha: string }>;

/** Reads the scripts. @param edit what tests change in a file, named without its ending, to show that they notice */
export function loadScripts(edit: (source: string, name: string) => string = (source) => source): Scripts {
  const read = (name: string) =>
    edit(readFileSync(join(projectRoot, 'shared/waiting-room/lua', `${name}.lua`), 'utf8'), name);
  const scripts = Object.entries(parts).map(([verb, names]) => {
    const source = names.map(read).join('\n');
    return [verb, { source, sha: createHash('sha1').update(source).digest('hex') }];
  });
  return Object.fromEntries(scripts) as Scripts;
}

/** Runs a script by its hash; sends its text only to a Redis that has not seen it yet. */
export async function runScript(
  redis: Pick<Redis, 'evalsha' | 'eval'>,
  { source, sha }: Scripts[Verb],
  keys: string[],
  args: (string | number)[],
): Promise<unknown> {
  try {
    return await redis.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(source, keys.length, ...keys, ...args);
  }
}
