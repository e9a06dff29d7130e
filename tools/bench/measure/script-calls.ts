import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Calls } from './store-counters';

/**
 * Redis counts what scripts call like what clients send, but only the latter are round trips. This tells them apart, by
 * listening in for moments.
 */
export interface ScriptCalls {
  listen(ms: number): Promise<void>;
  /** The calls that clients sent. What was never seen is taken for theirs. */
  ofClients(calls: Calls): Calls;
}

/** `+1700000000.123456 [0 lua] "hget" "key"`; in place of `lua`, a client's address. */
const line = /^\+\S+ \[\d+ (\S+)\] "(\w+)"/gm;

export function createScriptCalls(redisPort: number): ScriptCalls {
  const seen: Record<'clients' | 'scripts', Calls> = { clients: {}, scripts: {} };

  return {
    async listen(ms) {
      const socket = connect(redisPort, '127.0.0.1').setEncoding('latin1');
      await once(socket, 'connect');
      let text = '';
      socket.on('data', (piece: string) => {
        text += piece;
      });
      socket.write('MONITOR\r\n');
      await sleep(ms);
      socket.destroy();
      for (const [, source, command = ''] of text.matchAll(line)) {
        const calls = seen[source === 'lua' ? 'scripts' : 'clients'];
        const name = command.toLowerCase();
        calls[name] = (calls[name] ?? 0) + 1;
      }
    },
    ofClients: (calls) => {
      const sent = Object.entries(calls).map(([name, count]) => {
        const [clients, scripts] = [seen.clients[name] ?? 0, seen.scripts[name] ?? 0];
        return [name, scripts === 0 ? count : (count * clients) / (clients + scripts)] as const;
      });
      return Object.fromEntries(sent.filter(([, count]) => count > 0));
    },
  };
}
