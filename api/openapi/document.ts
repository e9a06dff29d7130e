import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { Config } from '../../shared/platform/config';
import { type ProblemCode, problems } from '../../shared/platform/errors';
import { type Content, declaredErrors, type Endpoint, type SuccessResponse, tags } from '../http/endpoint';
import { exampleProblem, problemSchema } from '../http/problem-schema';

const description = (keepDays: number) =>
  `
Seats for concerts, sold without promises broken: a fair waiting room in front, commands carried out in order behind.

**Try it by hand.** Sign in with \`POST /v1/sign-in\`, press *Authorize*, paste the token as *bearer*. Take a queue token for
\`concert_demo\` and paste it as *queueToken*. Then hold seats of \`perf_demo_1\`, charge points, and pay the hold.

**Commands** (every answer with 202) need an \`Idempotency-Key\`. The same key and body give the same job again, with
\`Idempotency-Replayed: true\`, also while the first request is still being worked on; another body is a 422. A key is remembered as long as its job:
${keepDays > 0 ? `for ${keepDays} days after the job is done or refused` : 'for ever'}. ${keepDays > 0 ? 'After that the same key is a new request, and the job is `JOB_NOT_FOUND`.' : ''}

**Limits.** Where requests are limited, \`RateLimit-Policy\` says how many there may be in how many seconds, and \`RateLimit\` how
many are left; beyond that the answer is 429 \`RATE_LIMITED\` with \`Retry-After\`.

**Errors** are RFC 9457 \`application/problem+json\` with a stable \`code\`. Fields, headers aside, that are not documented here are
refused. Every answer has an \`X-Request-Id\`: yours, if you sent one. Any endpoint may answer 500 \`INTERNAL_ERROR\`.
`.trim();

type Retention = Pick<Config, 'KEEP_COMMANDS_DAYS'>;

/** The OpenAPI 3.1 document of these endpoints, made from the very records that route and parse. */
export function openApiDocument(endpoints: readonly Endpoint[], { KEEP_COMMANDS_DAYS }: Retention) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Who you are: `token` of `POST /v1/sign-in`, or one of your identity provider.',
  });
  registry.registerComponent('securitySchemes', 'queueToken', {
    type: 'apiKey',
    in: 'header',
    name: 'Queue-Token',
    description: 'Your position in the queue: `token` of `POST /v1/concerts/{concertId}/queue-token`.',
  });
  for (const endpoint of endpoints) registry.registerPath(operation(endpoint));
  const used = new Set(endpoints.map(({ tag }) => tag));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Frontrow',
      version: '1',
      description: description(KEEP_COMMANDS_DAYS),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).flatMap(([name, about]) =>
      used.has(name as keyof typeof tags) ? [{ name, description: about }] : [],
    ),
  });
}

function operation(endpoint: Endpoint): RouteConfig {
  const { method, path, tag, summary, params, query, headers, body, csvBody, responses } = endpoint;
  return {
    method,
    path,
    operationId: operationId(endpoint),
    tags: [tag],
    summary,
    description: endpoint.description,
    security: security(endpoint),
    request: {
      params,
      query,
      headers: headers && headerParameters(headers),
      ...(body && {
        body: {
          content: { 'application/json': media(body), ...(csvBody && { 'text/csv': csvMedia(csvBody) }) },
          required: true,
        },
      }),
    },
    responses: {
      ...Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, success(response)])),
      ...problemResponses(declaredErrors(endpoint)),
      431: {
        description: 'Address and headers of over 16 kB in all. Cut off before they are read, hence without a body.',
      },
    },
  };
}

/** `post /v1/holds/{holdId}/payment` as `postHoldsPayment`. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[/-]/).filter((word) => word !== '' && word !== 'v1' && !word.startsWith('{'));
  const one = path.endsWith('}') ? ['one'] : [];
  return [method, ...words, ...one]
    .map((word, i) => (i === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join('');
}

function security({ auth, queueToken }: Endpoint): Record<string, string[]>[] {
  if (auth === 'none') return [];
  if (auth === 'optional') return [{}, { bearer: [] }];
  const both = { bearer: [], queueToken: [] };
  if (queueToken === 'required') return [both];
  return queueToken === 'optional' ? [{ bearer: [] }, both] : [{ bearer: [] }];
}

/** Header names as people write them; the queue token is a security scheme instead, the key is never optional. */
function headerParameters(headers: z.ZodObject): z.ZodObject {
  const { 'queue-token': _gate, 'idempotency-key': key, ...others } = headers.shape as Record<string, z.ZodType>;
  const shown = Object.entries({ ...(key && { 'idempotency-key': required(key) }), ...others });
  return z.object(Object.fromEntries(shown.map(([name, schema]) => [titleCase(name), schema])));
}

function required(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType).meta(schema.meta() ?? {}) : schema;
}

function titleCase(name: string): string {
  return name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function success({
  description,
  content,
  mediaType = 'application/json',
  csv,
  file,
  headers = {},
}: SuccessResponse): ResponseConfig {
  return {
    description,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, about]) => [name, { description: about, schema: { type: 'string' } }]),
    ),
    ...(content && { content: { [mediaType]: media(content), ...(csv && { 'text/csv': csvMedia(csv) }) } }),
    ...(file && { content: { 'text/csv': csvMedia(file) } }),
  };
}

function csvMedia(example: string) {
  return { schema: { type: 'string' as const }, example };
}

function media({ schema, examples }: Content) {
  return { schema, examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) };
}

/** One response a status, with an example for each code. */
function problemResponses(codes: ProblemCode[]): Record<string, ResponseConfig> {
  const statuses = [...new Set(codes.map((code) => problems[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [status, problemResponse(codes.filter((code) => problems[code].status === status))]),
  );
}

function problemResponse(codes: ProblemCode[]): ResponseConfig {
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: problemSchema,
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleProblem(code) }])),
      },
    },
  };
}
