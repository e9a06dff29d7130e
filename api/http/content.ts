import type { z } from 'zod';

/** A schema and what it looks like in practice: the examples are type-checked here and parsed by a test. */
export interface Content<S extends z.ZodType = z.ZodType> {
  schema: S;
  examples: Record<string, z.input<S>>;
}

/** One way in which an endpoint answers when all went well. */
export interface Answer<S extends z.ZodType = z.ZodType> {
  description: string;
  content?: Content<S>;
  /** Other than JSON: then the content is that of each event, and the handler answers a stream. */
  mediaType?: 'application/json' | 'text/event-stream';
  /** Header name to what it says. */
  headers?: Record<string, string>;
}

export type Answers = Record<number, Answer>;

/** `examples` by name; a single one needs none. */
export function content<S extends z.ZodType>(schema: S, examples: Record<string, z.input<S>>): Content<S> {
  return { schema, examples };
}
