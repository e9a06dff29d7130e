export type { AnswerOf, Call, Input, Operation } from './call.ts';
export {
  type CancelOptions,
  type Client,
  createClient,
  type GatedOptions,
  type HoldListOptions,
  type ListOptions,
} from './client.ts';
export { type CommandOptions, newIdempotencyKey, type Outcome } from './commands.ts';
export { type ErrorCode, FrontrowError, hasCode } from './errors.ts';
export type { ServerEvent, StreamOptions } from './event-stream.ts';
export type { Answered, CallOptions, ClientOptions } from './exchange.ts';
export type { Queue, WaitOptions } from './queue.ts';
export type * from './schema.ts';
