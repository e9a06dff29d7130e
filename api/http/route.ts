import type { Request } from 'express';
import { z } from 'zod';
import type { ProblemCode } from '../../shared/platform/errors';
import type { User } from '../auth/user';
import type { ApiContext } from '../context';
import type { EventStream } from '../streams/event-stream';
import type { Answer, Answers, Content } from './content';
import { parse } from './parse';
import type { Tag } from './tags';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
/** `optional`: who is signed in is known, a token that is no good is as none. */
export type Auth = 'none' | 'optional' | 'user' | 'admin';

/** Everything that routing and the OpenAPI document need to know of an endpoint. */
export interface Endpoint {
  method: Method;
  /** OpenAPI style: `/v1/holds/{holdId}`. */
  path: `/${string}`;
  tag: Tag;
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
  responses: Answers;
  /** What it may refuse, beyond what follows from the record; see `declaredErrors`. */
  errors: readonly ProblemCode[];
  /** Why the job that it starts may be refused. */
  refusals?: readonly ProblemCode[];
}

/** An endpoint ready to be routed: `handle` parses and calls the typed handler. */
export interface Route extends Endpoint {
  handle(request: Request, user: User | null, context: ApiContext): Promise<AnyReply>;
}

export interface AnyReply {
  status: number;
  headers?: Record<string, string>;
  /** To be sent as JSON. */
  body?: unknown;
  /** Ready-made JSON, sent as it is. */
  bytes?: Buffer;
  /** Events, for as long as the client listens. */
  stream?: EventStream;
}

type BodyOf<A> = A extends { mediaType: 'text/event-stream' }
  ? { stream: EventStream }
  : A extends { content: Content<infer S> }
    ? { body: z.input<S>; bytes?: never } | { bytes: Buffer; body?: never }
    : object;

/** What a handler may return: a declared status with the body of its schema. */
type Reply<R extends Answers> = {
  [S in keyof R & number]: { status: S; headers?: Record<string, string> } & BodyOf<R[S]>;
}[keyof R & number];

/** What a handler gets: parsed, and typed by the endpoint's schemas. */
export interface Call<A extends Auth, P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject, B> {
  user: A extends 'none' ? null : A extends 'optional' ? User | null : User;
  /** Where the request came from, as far as TRUST_PROXY tells. */
  address: string;
  /** The `Cookie` header. No token is ever in it. */
  cookies: string | undefined;
  params: z.output<P>;
  query: z.output<Q>;
  headers: z.output<H>;
  body: B;
}

const nothing = z.strictObject({});
type Nothing = typeof nothing;

interface Definition<
  A extends Auth,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  H extends z.ZodObject,
  B extends z.ZodType,
  R extends Answers,
> extends Endpoint {
  auth: A;
  params?: P;
  query?: Q;
  headers?: H;
  body?: Content<B>;
  responses: R;
  handler(call: Call<A, P, Q, H, z.output<B>>, context: ApiContext): Promise<Reply<NoInfer<R>>>;
}

/** Makes a route of one record. Fields that the record does not name are refused with VALIDATION_FAILED. */
export function route<
  A extends Auth,
  R extends Record<number, Answer>,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  H extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodOptional<Nothing>,
>(definition: Definition<A, P, Q, H, B, R>): Route {
  const { handler, ...endpoint } = definition;
  const { params, query = nothing, headers, body } = definition;
  const readsBody = definition.method !== 'get';
  const bodySchema = body?.schema ?? nothing.optional();
  return {
    ...endpoint,
    handle: async (request, user, context) => {
      const call = {
        user,
        address: request.ip ?? '',
        cookies: request.headers.cookie,
        params: params ? parse('path', params, request.params) : {},
        query: definition.query || request.url.includes('?') ? parse('query', query, request.query) : {},
        headers: headers ? parse('headers', headers, request.headers) : {},
        body: readsBody ? parse('body', bodySchema, request.body) : undefined,
      };
      return handler(call as Call<A, P, Q, H, z.output<B>>, context);
    },
  };
}

/** The codes that an endpoint may answer: its own and those that follow from its record. */
export function declaredErrors(endpoint: Endpoint): ProblemCode[] {
  const { auth, body, method, errors } = endpoint;
  const implied: ProblemCode[] = ['VALIDATION_FAILED'];
  if (endpoint.tag !== 'Health') implied.push('RATE_LIMITED');
  if (auth === 'user' || auth === 'admin') implied.push('UNAUTHENTICATED');
  if (auth === 'admin') implied.push('FORBIDDEN');
  if (body || method !== 'get') implied.push('PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  return [...new Set([...implied, ...errors])];
}
