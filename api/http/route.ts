import type { Request } from 'express';
import { z } from 'zod';
import type { Auth, Content, Endpoint, SuccessResponses } from './endpoint';
import { parse } from './parse';
import type { User } from './user';

/**
 * An endpoint ready to be routed: `handle` parses and calls the typed handler.
 * @template C what its handler needs of the context; a `Route` without it can be described, not called
 */
export interface Route<C = never> extends Endpoint {
  handle: (request: Request, user: User | null, context: C) => Promise<Reply>;
}

/** What goes over the wire. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** To be sent as JSON. */
  body?: unknown;
  /** Ready-made JSON, sent as it is. */
  bytes?: Buffer;
  /** Of `bytes`, if they are not JSON. */
  type?: string;
  /** Server-Sent Events, for as long as the client stays. */
  stream?: EventStream;
  /** A file that is made while it is sent. */
  download?: Download;
}

export interface Download {
  fileName: string;
  /** Its text, part by part; the next part is made when the client has taken the one before. A client that leaves ends it by `return()`. */
  parts: AsyncIterable<string>;
}

export interface EventStream {
  kind: 'queue' | 'seats' | 'jobs';
  /** Starts the flow of events. @returns how to stop it */
  start(sink: EventSink): () => void;
}

/** How an open stream is written to. */
export interface EventSink {
  /** @param id what a client sends as `Last-Event-ID` when it comes back */
  send(event: string, data: unknown, id?: string): void;
  /** Writes what `eventFrame` made: once, for any number of streams. */
  write(frame: Buffer): void;
  /** Resolves once a slow client has taken what was written, at once if it has; or when it is gone. */
  drained(): Promise<void>;
  /** Ends the stream in order; the client need not come back. */
  end(): void;
}

type BodyOf<A> = A extends { mediaType: 'text/event-stream' }
  ? { stream: EventStream }
  : A extends { file: string }
    ? { download: Download }
    : A extends { content: Content<infer S> }
      ? { body: z.input<S>; bytes?: never } | { bytes: Buffer; type?: string; body?: never }
      : object;

/** What a handler may return: a declared status with the body of its schema. */
type DeclaredReply<R extends SuccessResponses> = {
  [S in keyof R & number]: { status: S; headers?: Record<string, string> } & BodyOf<R[S]>;
}[keyof R & number];

/** What a handler gets: parsed, and typed by the endpoint's schemas. */
export interface Call<A extends Auth, P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject, B> {
  user: A extends 'none' ? null : A extends 'optional' ? User | null : User;
  /** Where the request came from, as far as TRUST_PROXY says. */
  address: string;
  /** Its `X-Request-Id`, as the answer has it. */
  requestId: string;
  /** The `Cookie` header. No token is ever in it. */
  cookies: string | undefined;
  params: z.output<P>;
  query: z.output<Q>;
  headers: z.output<H>;
  body: B;
  /** As it came; only where the record says `rawBody`. */
  rawBody: Buffer;
  /** Of the body, as the request says; empty where it does not. */
  contentType: string;
}

const nothing = z.strictObject({});
type Nothing = typeof nothing;

interface Definition<
  A extends Auth,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  H extends z.ZodObject,
  B extends z.ZodType,
  R extends SuccessResponses,
  C,
> extends Endpoint {
  auth: A;
  params?: P;
  query?: Q;
  headers?: H;
  body?: Content<B>;
  responses: R;
  handler(call: Call<A, P, Q, H, z.output<B>>, context: C): Promise<DeclaredReply<NoInfer<R>>>;
}

/**
 * Makes a route of one record. Fields that the record does not declare are refused with VALIDATION_FAILED. A handler
 * declares the type of its context; the compiler compares it with the real one where the routes are listed.
 */
export function route<
  A extends Auth,
  R extends SuccessResponses,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  H extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodOptional<Nothing>,
  C = unknown,
>(definition: Definition<A, P, Q, H, B, R, C>): Route<C> {
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
        requestId: String(request.res?.getHeader('x-request-id') ?? ''),
        cookies: request.headers.cookie,
        params: params ? parse('path', params, request.params) : {},
        query: definition.query || request.url.includes('?') ? parse('query', query, request.query) : {},
        headers: headers ? parse('headers', headers, request.headers) : {},
        body: readsBody && !definition.rawBody ? parse('body', bodySchema, request.body) : undefined,
        rawBody: definition.rawBody ? request.body : undefined,
        contentType: request.headers['content-type'] ?? '',
      };
      return handler(call as Call<A, P, Q, H, z.output<B>>, context);
    },
  };
}
