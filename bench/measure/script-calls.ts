import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Calls } from './store-counters';

/**
 * Redis counts what scripts call like what clients send, but only the latter are round trips. This tells them apart, by
 * listening in for moments.
 */
export interface ScriptCalls {
  listen(ms: number): Promise<void>;
  /** The calls that clients sent. What was never heard of is taken for theirs. */
  ofClients(calls: Calls): Calls;
}

export function createScriptCalls(redisUrl: string): ScriptCalls {
  const heard: Record<'clients' | 'scripts', Calls> = { clients: {}, scripts: {} };

  return {
    async listen(ms) {
      const connection = new Redis(redisUrl);
      const monitor = await connection.monitor();
      monitor.on('monitor', (_at: string, [command = '']: string[], source: string) => {
        const calls = heard[source === 'lua' ? 'scripts' : 'clients'];
        const name = command.toLowerCase();
        calls[name] = (calls[name] ?? 0) + 1;
      });
      await sleep(ms);
      monitor.disconnect();
      connection.disconnect();
    },
    ofClients: (calls) => {
      const sent = Object.entries(calls).map(([name, count]) => {
        const [clients, scripts] = [heard.clients[name] ?? 0, heard.scripts[name] ?? 0];
        return [name, scripts === 0 ? count : (count * clients) / (clients + scripts)] as const;
      });
      return Object.fromEntries(sent.filter(([, count]) => count > 0));
    },
  };
}
