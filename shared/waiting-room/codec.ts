import { z } from 'zod';
import {
  type AdoptionRequest,
  type AnswerOf,
  type Argument,
  type ArgumentKind,
  type Arguments,
  admittedAtField,
  answerFields,
  keySuffixes,
  type PendingAdmission,
  requestArguments,
  type ScriptKind,
  type Settings,
  settingArguments,
  type TickRequest,
  type Values,
  type VisitorRequest,
} from './protocol';

export const encodeSettings = (settings: Settings) => encode(settingArguments, settings);
export const encodeVisitor = (request: VisitorRequest) => encode(requestArguments.visitor, request);
export const encodeTick = (request: TickRequest) => encode(requestArguments.tick, request);
export const encodeAdoption = (request: AdoptionRequest) => encode(requestArguments.adoption, request);

function encode<A extends Arguments>(description: A, values: Values<A>): Argument[] {
  return Object.keys(description).map((name) => {
    const value = values[name] as string | number | boolean;
    return typeof value === 'boolean' ? Number(value) : value;
  });
}

/** A script replied something that the description above does not know. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';

  constructor(reply: unknown, cause?: unknown) {
    super(`the waiting room replied ${JSON.stringify(reply)?.slice(0, 300)}`, { cause });
  }
}

type Parser = { fields: string[]; schema: z.ZodType };
const parsers = new Map(
  Object.entries(answerFields).map(([kind, answers]) => {
    const parserOf = (outcome: string, fields: z.ZodRawShape): Parser => ({
      fields: ['outcome', ...Object.keys(fields)],
      schema: z.object({ outcome: z.literal(outcome), ...fields }),
    });
    return [kind, new Map(Object.entries(answers).map(([outcome, fields]) => [outcome, parserOf(outcome, fields)]))];
  }),
);

/** @throws MalformedAnswer */
export function parseReply<K extends ScriptKind>(kind: K, reply: unknown): AnswerOf<K>[] {
  if (!Array.isArray(reply) || reply.length === 0) throw new MalformedAnswer(reply);
  return reply.map((answer: unknown) => {
    const values = Array.isArray(answer) ? answer : [];
    const parser = parsers.get(kind)?.get(values[0]);
    if (parser?.fields.length !== values.length) throw new MalformedAnswer(answer);
    const named: Record<string, unknown> = {};
    for (const [i, field] of parser.fields.entries()) named[field] = values[i];
    const { data, error } = parser.schema.safeParse(named);
    if (error) throw new MalformedAnswer(answer, error);
    return data as AnswerOf<K>;
  });
}

const entries = z.array(z.tuple([z.string(), z.array(z.string())]));

/** Reads entries of the stream `pending`. @throws MalformedAnswer */
export function parsePending(reply: unknown): PendingAdmission[] {
  const { data, error } = entries.safeParse(reply);
  if (error) throw new MalformedAnswer(reply, error);
  return data.map(([id, list]) => {
    const fields = list.flatMap((field, i) => (i % 2 === 0 ? [[field, list[i + 1] ?? ''] as const] : []));
    const at = new Date(Number(fields.find(([field]) => field === admittedAtField)?.[1]));
    if (Number.isNaN(at.getTime())) throw new MalformedAnswer([id, list]);
    const visitors = fields.filter(([field]) => field !== admittedAtField);
    return { id, at, admitted: visitors.map(([visitorId, userId]) => ({ visitorId, userId })) };
  });
}

/**
 * What stands in front of every script of a kind: locals for keys, settings and one request, `readRequest(i)`, which sets
 * the latter from the arguments at `i`, and `answer(outcome, fields)`, which puts the named fields in order.
 */
export function luaHeader(kind: ScriptKind): string {
  const settings = Object.entries<ArgumentKind>(settingArguments);
  const requests = Object.entries<ArgumentKind>(requestArguments[kind]);
  const answers = Object.entries<object>(answerFields[kind]).map(([outcome, fields]) => {
    const values = Object.keys(fields).map((field) => `, fields.${field}`);
    return `  if outcome == '${outcome}' then return { outcome${values.join('')} } end`;
  });
  return [
    `local ${Object.keys(keySuffixes).join(', ')} = unpack(KEYS)`,
    `local ${settings.map(([name]) => name).join(', ')} =`,
    `  ${settings.map(([, type], i) => readArgument(type, String(i + 1))).join(', ')}`,
    `local firstRequest, requestSize = ${settings.length + 1}, ${requests.length}`,
    `local admittedAtField = '${admittedAtField}'`,
    ...(requests.length > 0 ? [readRequest(requests)] : []),
    'local function answer(outcome, fields)',
    ...answers,
    'end',
    '',
  ].join('\n');
}

function readRequest(requests: [name: string, kind: ArgumentKind][]): string {
  const names = requests.map(([name]) => name).join(', ');
  const values = requests.map(([, kind], n) => readArgument(kind, `i + ${n}`)).join(', ');
  return `local ${names}\nlocal function readRequest(i) ${names} = ${values} end`;
}

function readArgument(kind: ArgumentKind, index: string): string {
  if (kind === 'number') return `tonumber(ARGV[${index}])`;
  return kind === 'flag' ? `ARGV[${index}] == '1'` : `ARGV[${index}]`;
}
