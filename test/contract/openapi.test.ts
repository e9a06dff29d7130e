import SwaggerParser from '@apidevtools/swagger-parser';
import type { z } from 'zod';
import { declaredErrors, tags } from '../../api/http/endpoint';
import { exampleProblem, problemSchema } from '../../api/http/problem-schema';
import type { Route } from '../../api/http/route';
import { openApiDocument } from '../../api/openapi/document';
import { allRoutes } from '../../api/routes';
import { problems } from '../../shared/platform/errors';
import { testConfig } from '../helpers/test-config';
import { nameOf } from './errors/route-request';

const routes = allRoutes(testConfig());
const document = openApiDocument(routes, { KEEP_COMMANDS_DAYS: 30 });
const named = routes.map((route) => [nameOf(route), route] as const);

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { examples?: Record<string, unknown> }> }>;
  parameters?: { name: string; in: string; required: boolean }[];
  security: Record<string, string[]>[];
}

function operationOf(route: Route): Operation {
  const paths = (document.paths ?? {}) as unknown as Record<string, Record<string, Operation>>;
  const operation = paths[route.path]?.[route.method];
  if (!operation) throw new Error(`${nameOf(route)} is not in the document`);
  return operation;
}

test('the document is valid OpenAPI 3.1', async () => {
  const parsed = await SwaggerParser.validate(JSON.parse(JSON.stringify(document)));
  expect(parsed).toMatchObject({ openapi: '3.1.0' });
});

test('every operation has an id of its own and a documented tag', () => {
  const ids = routes.map((route) => operationOf(route).operationId);
  expect(new Set(ids).size).toBe(routes.length);
  expect((document.tags ?? []).map(({ name }) => name)).toEqual(
    Object.keys(tags).filter((tag) => routes.some((route) => route.tag === tag)),
  );
});

test.each(named)('%s: what the record says is in the document', (_name, route) => {
  const { responses, parameters = [], security } = operationOf(route);
  expect(route.summary).toMatch(/\S/);
  expect(route.description).toMatch(/\S/);
  const pathNames = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(pathNames);
  expect(security.length > 0).toBe(route.auth !== 'none');
  const key = parameters.find(({ name }) => name === 'Idempotency-Key');
  expect(key?.required ?? null).toBe(route.headers?.shape['idempotency-key'] ? true : null);
  const codes = Object.values(responses).flatMap(({ content }) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}),
  );
  expect(codes.sort()).toEqual(declaredErrors(route).sort());
  const successes = Object.keys(responses).filter((status) => Number(status) < 400);
  expect(successes).toEqual(Object.keys(route.responses));
});

test.each(named)('%s: its examples are what its schemas accept', (_name, route) => {
  const contents = [route.body, ...Object.values(route.responses).map(({ content }) => content)];
  for (const content of contents.filter((one) => one !== undefined)) {
    expect(Object.keys(content.examples)).not.toHaveLength(0);
    for (const example of Object.values(content.examples)) content.schema.parse(example);
  }
  for (const part of [route.params, route.query, route.headers])
    for (const field of Object.values((part?.shape ?? {}) as Record<string, z.ZodType>)) {
      const example = field.meta()?.example;
      if (example !== undefined) field.parse(example);
    }
});

test('every code has an example that is a problem document of its own status', () => {
  for (const code of Object.keys(problems) as (keyof typeof problems)[]) {
    const example = problemSchema.parse(exampleProblem(code));
    expect(example).toMatchObject({ code, status: problems[code].status, title: problems[code].title });
  }
});
