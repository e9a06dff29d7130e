import { z } from 'zod';
import { isRedisUrl } from './redis-url';
import { isTimeZone } from './time-zone';

const int = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const surface = z.enum(['public', 'operations', 'off']).default('public');
const isOrigin = (text: string) =>
  text === '*' || (!text.includes('*') && URL.canParse(text) && new URL(text).origin === text);
const claimValue = (preset: string, whom: string) =>
  z.string().default(preset).describe(`what that claim must be, or contain if it is a list, for ${whom}`);
const flag = z.enum(['true', 'false']).transform((v) => v === 'true');

/**
 * Every setting, once: its environment variable, default, bounds and meaning. docs/reference/settings.md is made from this
 * (`npm run docs:config`), and docker-compose.yml is checked against it.
 */
export const configSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('`production` demands every secret'),
  PORT: int(0, 65535).default(3000).describe('port the API listens on'),
  HOST: z.string().default('0.0.0.0').describe('address the API listens on'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('least level logged'),
  // Not z.url: the hosts of a replica set, with their ports, are no URL for the standard parser.
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^\s/?]+/, 'Not a MongoDB connection string')
    // The driver would take `test`.
    .regex(/^[^/]*\/\/[^/]+\/[^/?]/, 'Names no database: mongodb://host/database?replicaSet=name')
    .describe('replica set to use; the database name is part of it'),
  REDIS_URL: z
    .string()
    .refine(isRedisUrl, 'Neither redis://host:port nor redis+cluster://host:port,host:port')
    .describe(
      'Redis 6.2 or newer with `maxmemory-policy noeviction`; or a Redis Cluster by some of its nodes: ' +
        '`redis+cluster://user:password@host:port,host:port`. With TLS `rediss://`, `rediss+cluster://`',
    ),
  QUEUE_PREFIX: z
    .string()
    // An empty hash tag would spread the keys of one lane over a cluster.
    .regex(/^(?![^{]*\{\})[\w{}-]+$/)
    .default('frontrow')
    .describe('first part of every Redis key'),
  JWT_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('secret (32 characters or more) of HS256 bearer tokens; this or JWT_JWKS_URL is required'),
  JWT_SECRET_PREVIOUS: z
    .string()
    .min(32)
    .optional()
    .describe('while JWT_SECRET is being changed: tokens that are signed with this one are good as well'),
  JWT_JWKS_URL: z.url().optional().describe('key set of an identity provider, instead of JWT_SECRET'),
  JWT_JWKS_SECONDS: int(1, 86_400)
    .default(300)
    .describe('how long the key set is believed without being fetched anew; a withdrawn key is refused after that'),
  JWT_ISSUER: z
    .string()
    .optional()
    .describe('`iss` that bearer tokens must carry; required in production with JWT_JWKS_URL'),
  JWT_AUDIENCE: z
    .string()
    .optional()
    .describe('`aud` that bearer tokens must carry; required in production with JWT_JWKS_URL'),
  ADMIN_CLAIM: z
    .string()
    .default('role')
    .describe(
      'claim of a bearer token that says what roles its owner has; dots lead into objects: `realm_access.roles`',
    ),
  ADMIN_CLAIM_VALUE: claimValue('admin', 'an admin'),
  CASHIER_CLAIM_VALUE: claimValue('cashier', 'a cashier: who adds points to wallets'),
  OPERATOR_CLAIM_VALUE: claimValue('operator', 'an operator: who runs a sale'),
  BOX_OFFICE_CLAIM_VALUE: claimValue('box-office', 'the box office: who talks with buyers'),
  VIEWER_CLAIM_VALUE: claimValue('viewer', 'a viewer: figures, and nobody by name'),
  DOOR_CLAIM_VALUE: claimValue('door', 'the door: one reservation at a time'),
  TWO_PEOPLE: flag
    .default(false)
    .describe('whether resetting a waiting room and calling a date off take a second person'),
  TWO_PEOPLE_MINUTES: int(1, 1440).default(15).describe('how long what one person asked for waits for the second'),
  CHARGES: z
    .enum(['open', 'service', 'provider'])
    .default('open')
    .describe(
      'who adds points: everybody to their own wallet (`open`, refused in production, which must choose), a cashier only ' +
        '(`service`), or a payment provider as well (`provider`)',
    ),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where users reach the pages, to come back to from a checkout; required with CHARGES=provider'),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_\w+$/, 'Not a secret or restricted key of Stripe')
    .optional()
    .describe('key of the Stripe account; required with CHARGES=provider'),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\S+$/, 'Not a signing secret of Stripe')
    .optional()
    .describe("signing secret of Stripe's webhook endpoint; required with CHARGES=provider"),
  STRIPE_WEBHOOK_SECRET_PREVIOUS: z
    .string()
    .regex(/^whsec_\S+$/, 'Not a signing secret of Stripe')
    .optional()
    .describe('while STRIPE_WEBHOOK_SECRET is being changed: events signed with this one are good as well'),
  STRIPE_API_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://api.stripe.com')
    .describe('where Stripe is asked; another one for tests'),
  TOP_UP_CURRENCY: z
    .string()
    .regex(/^[a-z]{3}$/, 'Not three small letters, such as eur')
    .default('usd')
    .describe('currency in which points are bought, by its three small letters'),
  POINTS_PER_UNIT: int(1, 1_000_000)
    .default(1)
    .describe('points for one smallest unit of that currency: for a cent, for a won'),
  MIN_TOP_UP: int(1, 1_000_000_000).default(100).describe('least points in one top-up'),
  MAX_TOP_UP: int(1, 1_000_000_000).default(1_000_000).describe('most points in one top-up'),
  TOP_UP_MINUTES: int(30, 1439).default(30).describe('how long a checkout is open; Stripe takes no less and no more'),
  MAX_PENDING_TOP_UPS: int(1, 1000).default(10).describe('most checkouts of one user that are open at a time'),
  SIGN_IN: flag.default(false).describe('whether `POST /v1/sign-in` hands out tokens for a name (demo, tests)'),
  QUEUE_TOKEN_SECRET: z.string().min(32).describe('secret (32 characters or more) that queue tokens are made with'),
  QUEUE_TOKEN_SECRET_PREVIOUS: z
    .string()
    .min(32)
    .optional()
    .describe('while QUEUE_TOKEN_SECRET is being changed: tokens and places by this one are good as well'),
  DRAW_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe(
      'what opening draws follow from; unset: QUEUE_TOKEN_SECRET. When that is changed, set this to what it was',
    ),
  ADMIN_PASSWORD: z
    .string()
    .min(12)
    .describe('password (12 characters or more) of the user `admin` at /board and in sign-in'),
  ADMIN_PASSWORD_PREVIOUS: z
    .string()
    .min(12)
    .optional()
    .describe('while ADMIN_PASSWORD is being changed: this one is taken as well'),
  RESERVATION_LANES: int(1, 256).default(8).describe('lanes for commands about seats; the same in every process'),
  WALLET_LANES: int(1, 256).default(8).describe('lanes for commands about wallets; the same in every process'),
  GROUP_SIZE: int(1, 1000).default(128).describe('most commands that one transaction carries out'),
  ACCEPT_GROUP_SIZE: int(1, 1000).default(200).describe('most commands that one insert stores'),
  MAX_BACKLOG_SECONDS: int(1, 3600)
    .default(5)
    .describe("age of a lane's oldest unfinished command from which on the API answers 503"),
  MAX_ATTEMPTS: int(1, 100).default(5).describe('tries of a command that fails for a cause of its own'),
  LEASE_MS: int(500, 60_000).default(3000).describe('how long a silent worker keeps its lanes'),
  SWEEP_MS: int(50, 60_000).default(1000).describe('how often a lane looks for due commands that no job announced'),
  ADMIT_MS: int(50, 60_000).default(500).describe('how often waiting rooms let people in (besides when one leaves)'),
  AUDIT_EVERY_MINUTES: int(0, 1440).default(15).describe('how often a worker checks the invariants; 0: never'),
  KEEP_COMMANDS_DAYS: int(0, 3650)
    .default(30)
    .describe('how long jobs that are done or refused are kept, with their Idempotency-Keys; 0: for ever'),
  KEEP_HOLDS_DAYS: int(0, 3650)
    .default(30)
    .describe('how long holds that ended unpaid, and places on standby, are kept; 0: for ever. Paid ones always are'),
  KEEP_ADMISSIONS_HOURS: int(1, 8760).default(24).describe('how long it is kept who was let into a waiting room'),
  KEEP_ADMIN_ACTIONS_DAYS: int(0, 3650).default(365).describe('how long it is kept what admins changed; 0: for ever'),
  ROOM_POLLS_PER_SECOND: int(1, 1_000_000)
    .default(1000)
    .describe('most polls a second that the visitors of one waiting room are asked for, however long the line'),
  HOLD_SECONDS: int(1, 86_400).default(300).describe('how long a hold lasts'),
  OFFER_SECONDS: int(1, 86_400).default(600).describe('how long seats are held for whom they are offered to'),
  MAX_SEATS_PER_HOLD: int(1, 50).default(4).describe('most seats in one hold'),
  MAX_SEATS_PER_USER: int(0, 100_000)
    .default(8)
    .describe('most seats of one performance that a user may own, and hold on the way there; 0: any number'),
  UNPAID_HOLDS_SECONDS: int(1, 86_400)
    .default(900)
    .describe('how long a hold that ended unpaid counts for MAX_UNPAID_HOLDS and MAX_UNPAID_HOLDS_PER_SEAT'),
  MAX_UNPAID_HOLDS: int(0, 100_000)
    .default(20)
    .describe('most holds of one performance that a user may have let end unpaid of late; 0: any number'),
  MAX_UNPAID_HOLDS_PER_SEAT: int(0, 100_000).default(2).describe('most of them with the same seat; 0: any number'),
  MAX_POINTS_PER_CHANGE: int(1, 1_000_000_000).default(1_000_000).describe('most points in one charge or use'),
  MAX_BALANCE: int(1, Number.MAX_SAFE_INTEGER).default(1_000_000_000_000).describe('most points a wallet can hold'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'Not an IANA time zone such as Asia/Seoul')
    .default('UTC')
    .describe('time zone (IANA) of venues whose concerts name none'),
  SEAT_MAP_CACHE_MS: int(0, 10_000).default(250).describe('how old a seat map may be'),
  CONCERT_CACHE_MS: int(0, 10_000)
    .default(1000)
    .describe("how old may be what a process knows of a concert, its waiting room's limits too"),
  METRICS_PORT: int(0, 65535)
    .default(0)
    .describe('port of `/metrics`, `/livez` and `/readyz`, not for the public; 0: none'),
  DRAIN_SECONDS: int(0, 300)
    .default(0)
    .describe('how long a process that is told to stop serves on, not ready, so that load balancers turn away'),
  SHUTDOWN_SECONDS: int(1, 600)
    .default(25)
    .describe('longest time from the signal to the end of the process, DRAIN_SECONDS included'),
  TRUST_PROXY: int(0, 10).default(0).describe('proxies in front whose `X-Forwarded-For` says who the client is'),
  RATE_LIMIT_SECONDS: int(1, 3600).default(10).describe('the window that rate limits count in'),
  RATE_LIMIT_USER: int(0, 1_000_000).default(200).describe('most requests of one user in a window; 0: any number'),
  RATE_LIMIT_ADDRESS: int(0, 10_000_000)
    .default(10_000)
    .describe('most requests from one address (IPv6: one /64) in a window; 0: any number'),
  RATE_LIMIT_EVENTS: int(0, 10_000_000)
    .default(1000)
    .describe('most requests from one address in a window at the endpoint of the provider; 0: any number'),
  MAX_CONNECTIONS_PER_ADDRESS: int(0, 1_000_000)
    .default(1000)
    .describe(
      'most connections from one address (IPv6: one /64) to an API process; 0: any number. ' +
        "With TRUST_PROXY they are the proxies', which then have to bound those of clients",
    ),
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), 'Not a list of origins such as https://shop.example')
    .optional()
    .describe('origins whose pages may call the API, separated by commas: `https://shop.example`; `*`: any'),
  BOARD: surface.describe(
    'where `/board` is served: to the `public`, on METRICS_PORT (`operations`), or nowhere (`off`)',
  ),
  DOCS: surface.describe('the same of `/docs` and `/openapi.json`'),
  PAGES: surface.describe("the same of the fan's and the operator's pages"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where traces go (OTLP over HTTP); unset: no tracing'),
  MAX_STREAMS: int(1, 1_000_000).default(5000).describe('most Server-Sent Event streams at one API process'),
  MAX_STREAMS_FOR_USERS_PERCENT: int(0, 100).default(50).describe('part of them that only signed-in users get'),
  MAX_STREAMS_PER_USER: int(1, 1000).default(8).describe('most of them of one user'),
  MAX_STREAMS_PER_ADDRESS: int(1, 1_000_000)
    .default(500)
    .describe('most of them from one address (IPv6: one /64) without a user'),
  STREAM_CHECK_MS: int(100, 60_000)
    .default(3000)
    .describe('how often what streams have sent is compared with MongoDB, in case a message was lost'),
  MAX_WAIT_SECONDS: int(0, 60).default(10).describe('longest `Prefer: wait`'),
});

export type Config = z.infer<typeof configSchema>;
