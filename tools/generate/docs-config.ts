import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../../shared/platform/config-schema';
import { projectRoot } from '../../shared/platform/project-root';

export const settingsPage = join(projectRoot, 'docs', 'reference', 'settings.md');
const [start, end] = ['<!-- config:start -->', '<!-- config:end -->'];

type Name = keyof typeof configSchema.shape;

/** What settings are for, in the order of the page. */
const sections: [title: string, names: Name[]][] = [
  ['Stores', ['MONGODB_URI', 'REDIS_URL', 'QUEUE_PREFIX']],
  [
    'Sign-in and secrets',
    [
      ...(['JWT_SECRET', 'JWT_SECRET_PREVIOUS', 'JWT_JWKS_URL', 'JWT_JWKS_SECONDS'] as const),
      ...(['JWT_ISSUER', 'JWT_AUDIENCE', 'ADMIN_CLAIM', 'ADMIN_CLAIM_VALUE', 'CASHIER_CLAIM_VALUE'] as const),
      ...(['OPERATOR_CLAIM_VALUE', 'BOX_OFFICE_CLAIM_VALUE', 'VIEWER_CLAIM_VALUE', 'DOOR_CLAIM_VALUE'] as const),
      ...(['TWO_PEOPLE', 'TWO_PEOPLE_MINUTES'] as const),
      ...(['QUEUE_TOKEN_SECRET', 'QUEUE_TOKEN_SECRET_PREVIOUS', 'DRAW_SECRET'] as const),
      ...(['ADMIN_PASSWORD', 'ADMIN_PASSWORD_PREVIOUS', 'SIGN_IN'] as const),
    ],
  ],
  [
    'Selling',
    [
      ...(['HOLD_SECONDS', 'OFFER_SECONDS', 'MAX_SEATS_PER_HOLD', 'MAX_SEATS_PER_USER', 'MAX_UNPAID_HOLDS'] as const),
      ...(['MAX_UNPAID_HOLDS_PER_SEAT', 'UNPAID_HOLDS_SECONDS', 'MAX_POINTS_PER_CHANGE', 'MAX_BALANCE'] as const),
      'TIME_ZONE',
    ],
  ],
  [
    'Money',
    [
      ...(['CHARGES', 'PUBLIC_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] as const),
      ...(['STRIPE_WEBHOOK_SECRET_PREVIOUS', 'STRIPE_API_URL', 'TOP_UP_CURRENCY', 'POINTS_PER_UNIT'] as const),
      ...(['MIN_TOP_UP', 'MAX_TOP_UP', 'TOP_UP_MINUTES', 'MAX_PENDING_TOP_UPS', 'RATE_LIMIT_EVENTS'] as const),
    ],
  ],
  ['Waiting room', ['ROOM_POLLS_PER_SECOND', 'ADMIT_MS']],
  [
    'Lanes and commands',
    [
      ...(['RESERVATION_LANES', 'WALLET_LANES', 'GROUP_SIZE', 'ACCEPT_GROUP_SIZE', 'MAX_BACKLOG_SECONDS'] as const),
      ...(['MAX_ATTEMPTS', 'LEASE_MS', 'SWEEP_MS', 'AUDIT_EVERY_MINUTES'] as const),
    ],
  ],
  ['Retention', ['KEEP_COMMANDS_DAYS', 'KEEP_HOLDS_DAYS', 'KEEP_ADMISSIONS_HOURS', 'KEEP_ADMIN_ACTIONS_DAYS']],
  [
    'HTTP',
    [
      ...(['PORT', 'HOST', 'TRUST_PROXY', 'MAX_WAIT_SECONDS', 'SEAT_MAP_CACHE_MS', 'CONCERT_CACHE_MS'] as const),
      ...(['CORS_ORIGINS', 'BOARD', 'DOCS', 'PAGES'] as const),
    ],
  ],
  ['Rate limits', ['RATE_LIMIT_SECONDS', 'RATE_LIMIT_USER', 'RATE_LIMIT_ADDRESS', 'MAX_CONNECTIONS_PER_ADDRESS']],
  [
    'Streams',
    [
      ...(['MAX_STREAMS', 'MAX_STREAMS_FOR_USERS_PERCENT', 'MAX_STREAMS_PER_USER'] as const),
      ...(['MAX_STREAMS_PER_ADDRESS', 'STREAM_CHECK_MS'] as const),
    ],
  ],
  [
    'Process and observation',
    [
      ...(['NODE_ENV', 'LOG_LEVEL', 'METRICS_PORT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const),
      ...(['DRAIN_SECONDS', 'SHUTDOWN_SECONDS'] as const),
    ],
  ],
];

/** The part of a JSON Schema that the table shows. */
interface Setting {
  enum?: string[];
  minimum?: number;
  maximum?: number;
}

/**
 * One table a section, one row a setting.
 * @throws Error when a setting stands in no section, or in two
 */
export function configTables(): string {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const listed = sections.flatMap(([, names]) => names);
  for (const name of Object.keys(configSchema.shape) as Name[])
    if (listed.filter((one) => one === name).length !== 1)
      throw new Error(`${name} must stand in exactly one section of ${__filename}`);
  const row = (name: Name) => {
    const field = configSchema.shape[name];
    const preset = field.safeParse(undefined);
    const shown = preset.success ? (preset.data === undefined ? '' : `\`${preset.data}\``) : '**required**';
    return `| \`${name}\` | ${shown} | ${values(properties[name] as Setting)} | ${field.description} |`;
  };
  const table = ([title, names]: (typeof sections)[number]) =>
    [`## ${title}`, '', '| Variable | Default | Values | Meaning |', '|---|---|---|---|', ...names.map(row)].join('\n');
  return sections.map(table).join('\n\n');
}

/** @throws Error when the text has no place for the tables */
export function withConfigTables(text: string): string {
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no ${start} and ${end} to put the tables between`);
  return `${text.slice(0, from + start.length)}\n\n${configTables()}\n\n${text.slice(to)}`;
}

function values({ enum: choices, minimum, maximum }: Setting): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  return minimum === undefined ? 'text' : `${minimum} to ${maximum}`;
}

if (require.main === module) {
  writeFileSync(settingsPage, withConfigTables(readFileSync(settingsPage, 'utf8')));
  console.log('docs/reference/settings.md: tables written');
}
