import type { CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent } from 'mongodb';
import type { Connection } from 'mongoose';
import type { StoreCall } from './types';

interface Started<S> {
  scope: S;
  name: string;
  attributes: StoreCall['attributes'];
  startTime: number;
}

/**
 * Reports every command that the driver sends within a scope. Names of collections only: no value of any document.
 * @param currentScope of the current work; undefined: none
 */
export function monitorStoreCalls<S>(
  connection: Connection,
  onCall: (call: StoreCall, scope: S) => void,
  currentScope: () => S | undefined,
): void {
  const client = connection.getClient();
  const started = new Map<number, Started<S>>();

  client.on('commandStarted', ({ requestId, commandName, databaseName, command }: CommandStartedEvent) => {
    const scope = currentScope();
    if (scope === undefined) return;
    const target: unknown = command[commandName];
    const collection = typeof target === 'string' ? target : undefined;
    started.set(requestId, {
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
      const call = started.get(requestId);
      started.delete(requestId);
      if (!call) return;
      const { scope, ...rest } = call;
      onCall({ ...rest, endTime: Date.now(), failed }, scope);
    };
  client.on('commandSucceeded', finish(false));
  client.on('commandFailed', finish(true));
}
