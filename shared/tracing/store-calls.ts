import type { CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent } from 'mongodb';
import type { Connection } from 'mongoose';
import type { StoreCall } from './tracing';

interface Begun<S> {
  scope: S;
  name: string;
  attributes: StoreCall['attributes'];
  startTime: number;
}

/**
 * Hears of every command that the driver sends in some scope. Names of collections only: no value of any document.
 * @param scopeNow in whose name the present work is done; undefined: nobody's
 */
export function hearStoreCalls<S>(
  connection: Connection,
  tell: (call: StoreCall, scope: S) => void,
  scopeNow: () => S | undefined,
): void {
  const client = connection.getClient();
  const begun = new Map<number, Begun<S>>();

  client.on('commandStarted', ({ requestId, commandName, databaseName, command }: CommandStartedEvent) => {
    const scope = scopeNow();
    if (scope === undefined) return;
    const target: unknown = command[commandName];
    const collection = typeof target === 'string' ? target : undefined;
    begun.set(requestId, {
      scope,
      name: collection ? `${commandName} ${collection}` : commandName,
      attributes: {
        ...{ 'db.system.name': 'mongodb', 'db.namespace': databaseName, 'db.operation.name': commandName },
        ...(collection && { 'db.collection.name': collection }),
      },
      startTime: Date.now(),
    });
  });

  const finish =
    (failed: boolean) =>
    ({ requestId }: CommandSucceededEvent | CommandFailedEvent) => {
      const call = begun.get(requestId);
      begun.delete(requestId);
      if (!call) return;
      const { scope, ...rest } = call;
      tell({ ...rest, endTime: Date.now(), failed }, scope);
    };
  client.on('commandSucceeded', finish(false));
  client.on('commandFailed', finish(true));
}
