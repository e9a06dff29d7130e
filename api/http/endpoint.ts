import type { z } from 'zod';
import { Problem, type ProblemCode } from '../../shared/platform/errors';
import type { Roles } from './roles';
import type { User } from './user';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
/**
 * `optional`: who is signed in is known, a token that is no good is as none. Roles: those who may, which each endpoint under
 * `/v1/admin` names for itself.
 */
export type Auth = 'none' | 'optional' | 'user' | Roles;

/** @throws Problem FORBIDDEN, CASHIER_REQUIRED */
export function demandRole(allowed: Roles, user: User | null): void {
  if (allowed.some((role) => user?.roles.includes(role))) return;
  throw new Problem(refusalOf(allowed), { detail: `It takes one of these roles: ${allowed.join(', ')}.` });
}

/** What a signed-in user with none of these roles is answered. */
export function refusalOf(allowed: Roles): 'FORBIDDEN' | 'CASHIER_REQUIRED' {
  return allowed.includes('cashier') && !allowed.includes('admin') ? 'CASHIER_REQUIRED' : 'FORBIDDEN';
}

/** The groups of the OpenAPI document, in the order in which a client meets them. */
export const tags = {
  'Sign-in': 'Bearer tokens for demos. Elsewhere they come from your identity provider.',
  'Waiting Token': 'A position in the queue of one concert.',
  'Waiting Queue': 'How the position in the queue moves; the poll is also the health check that keeps it.',
  Concert: 'Shows, their dates and seats. Open to all.',
  'Temporary Reservation': 'Holds: seats set aside for one user for a few minutes.',
  Standby: 'Lines for seats of sold-out sections: what comes back goes to the first whose wish fits.',
  Payment: 'Points given for a hold.',
  Reservation: 'Seats that are paid for.',
  Point: "The user's wallet and its ledger.",
  Job: 'The outcome of an accepted command.',
  Admin: 'Set-up, look-ups and repair, for those whose role may.',
  Problem: 'What refusals mean.',
  Health: 'For load balancers and orchestrators.',
} as const;

/** A schema and what it looks like in practice: the examples are type-checked here and parsed by a test. */
export interface Content<S extends z.ZodType = z.ZodType> {
  schema: S;
  examples: Record<string, z.input<S>>;
}

/** `examples` by name; a single one needs none. */
export function content<S extends z.ZodType>(schema: S, examples: Record<string, z.input<S>>): Content<S> {
  return { schema, examples };
}

/** One response of an endpoint when all went well. */
export interface SuccessResponse<S extends z.ZodType = z.ZodType> {
  description: string;
  content?: Content<S>;
  /** Other than JSON: then the content is that of each event, and the handler answers a stream. */
  mediaType?: 'application/json' | 'text/event-stream';
  /** The same as comma-separated values (`text/csv`), where asked for: its first line. */
  csv?: string;
  /** A file of comma-separated values and nothing else: its first line. */
  file?: string;
  /** Header name to its description. */
  headers?: Record<string, string>;
}

/** By status. */
export type SuccessResponses = Record<number, SuccessResponse>;

/** Everything that routing and the OpenAPI document need to know of an endpoint. */
export interface Endpoint {
  method: Method;
  /** OpenAPI style: `/v1/holds/{holdId}`. */
  path: `/${string}`;
  tag: keyof typeof tags;
  summary: string;
  description: string;
  auth: Auth;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Names in lower case; only headers that the handler reads. */
  headers?: z.ZodObject;
  /** How the `queue-token` header is documented, where there is one. */
  queueToken?: 'required' | 'optional';
  body?: Content;
  /** Most bytes of a body that the handler gets as it came, unparsed. */
  rawBody?: number;
  /** It may also come as comma-separated values (`text/csv`): an example. Only with `rawBody`. */
  csvBody?: string;
  responses: SuccessResponses;
  /** Errors of its own, beyond those that follow from the record; see `declaredErrors`. */
  errors: readonly ProblemCode[];
  /** Why the job that it starts may be refused. */
  refusals?: readonly ProblemCode[];
}

/** The codes that an endpoint may answer: its own and those that follow from its record. */
export function declaredErrors(endpoint: Endpoint): ProblemCode[] {
  const { auth, body, method, errors } = endpoint;
  const implied: ProblemCode[] = ['VALIDATION_FAILED'];
  if (endpoint.tag !== 'Health') implied.push('RATE_LIMITED');
  if (auth !== 'none' && auth !== 'optional') implied.push('UNAUTHENTICATED');
  if (typeof auth === 'object') implied.push(refusalOf(auth));
  if (body || method !== 'get') implied.push('PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  return [...new Set([...implied, ...errors])];
}
