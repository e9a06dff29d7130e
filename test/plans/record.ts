import { relative } from 'node:path';
import type { CommandStartedEvent, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { projectRoot } from '../../shared/platform/project-root';

/** One form of statement, whatever the values in it, and some that were sent. */
export interface Recorded {
  collection: string;
  shape: string;
  /** Of the source that asked for it. */
  file: string;
  /** For `explain`: the first ones, and the last. */
  commands: Document[];
  /** Whether a client's request caused it to be read outside transactions, and no time was set for it. */
  uncapped: boolean;
  /** Whether it writes, and went by the connections that are for reading. */
  writtenByReads: boolean;
}

/** Fields of a command that say how it is sent, not what it asks for. */
const envelope = new Set([
  ...['lsid', 'txnNumber', 'startTransaction', 'autocommit', '$db', '$clusterTime', '$readPreference', 'apiVersion'],
  ...['readConcern', 'writeConcern', 'maxTimeMS', 'ordered', 'bypassDocumentValidation'],
]);
/** Of one form: what one user asks for may cost more than what another does. */
const mostExamples = 8;
const kinds = ['find', 'aggregate', 'count', 'distinct', 'update', 'delete', 'findAndModify'];

/** Records by shape what goes over a connection that was opened with `monitorCommands`. */
export function record(connections: readonly Connection[], into: Map<string, Recorded>): void {
  Error.stackTraceLimit = 60;
  for (const connection of connections) {
    const isReads = connection.getClient().options.appName?.endsWith('-reads') ?? false;
    connection.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      const collection: unknown = command[commandName];
      if (!kinds.includes(commandName) || typeof collection !== 'string') return;
      const file = fileOf(new Error().stack ?? '');
      // A change stream reads the log of writes, and no index.
      if (command.pipeline?.[0]?.$changeStream) return;
      for (const one of apart(commandName, command)) {
        const shape = `${commandName} ${shapeOf(commandName, one)}`;
        const uncapped = isReads && command.maxTimeMS === undefined;
        const key = `${collection} ${shape}`;
        const writtenByReads = isReads && ['update', 'delete', 'findAndModify'].includes(commandName);
        const known = into.get(key) ?? { collection, shape, file, commands: [], uncapped, writtenByReads };
        if (known.commands.length === mostExamples) known.commands.pop();
        known.commands.push(one);
        into.set(key, known);
      }
    });
  }
}

/** The statements in a command: of updates and deletes each by itself. */
function apart(name: string, command: Document): Document[] {
  const bare = Object.fromEntries(Object.entries(command).filter(([field]) => !envelope.has(field)));
  const list = { update: 'updates', delete: 'deletes' }[name];
  return list ? command[list].map((one: Document) => ({ [name]: command[name], [list]: [one] })) : [bare];
}

function shapeOf(name: string, command: Document): string {
  switch (name) {
    case 'update':
      return text(command.updates[0].q);
    case 'delete':
      return text(command.deletes[0].q);
    case 'aggregate':
      return text(command.pipeline);
    case 'find':
      return `${text(command.filter ?? {})}${command.sort ? ` sort ${sortOf(command.sort)}` : ''}${command.limit ? ' limit' : ''}`;
    default:
      return `${command.key ?? ''}${text(command.query ?? {})}`;
  }
}

/** The driver makes a map of it. */
const sortOf = (sort: object) =>
  JSON.stringify(sort instanceof Map ? Object.fromEntries(sort) : sort).replaceAll('"', '');
const text = (value: unknown) => JSON.stringify(withoutValues(value)).replaceAll('"', '');

/** Values are `?`; operators, field names and expressions stay. */
function withoutValues(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) {
    if (['$in', '$nin', 'subtract'].includes(field)) return '?';
    return [...new Set(value.map((one) => JSON.stringify(withoutValues(one))))].map((one) => JSON.parse(one));
  }
  if (typeof value === 'string' && (value.startsWith('$') || ['from', 'as', 'localField'].includes(field)))
    return value;
  if (field === '$type' || field === '$exists') return value;
  if (value === null || typeof value !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(value)))
    return '?';
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutValues(one, name)]));
}

/** The first file on the way to the driver that asks for something: of the product, or of a test. */
function fileOf(stack: string): string {
  const files = stack.split('\n').flatMap((line) => {
    const [, file] = /\(?(\/[^():]+):\d+:\d+\)?$/.exec(line) ?? [];
    return file ? relative(projectRoot, file) : [];
  });
  return files.find((file) => /^(api|workers|shared|test|tools)\//.test(file) && !passing.includes(file)) ?? 'unknown';
}

/** What all statements, or many, go through. */
const passing = ['test/plans/record.ts', 'shared/models.ts', 'shared/platform/write-deadline.ts'];
