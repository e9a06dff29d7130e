import { declaredErrors } from '../../api/http/endpoint';
import { problemSchema } from '../../api/http/problem-schema';
import type { Route } from '../../api/http/route';

/** What the router may answer at any address. */
const undeclared = new Set(['NOT_FOUND', 'METHOD_NOT_ALLOWED']);

type CheckAnswer = (method: string, path: string, status: number, type: string, body: unknown) => void;

/**
 * Compares every answer that a test sees with the record of its endpoint: status, fields, error codes, refusals.
 * What it throws is a broken promise of the OpenAPI document.
 */
export function createCheckAnswer(routes: readonly Route[]): CheckAnswer {
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (method, path, status, type, body) => {
    const [pathname = ''] = path.split('?');
    const found = patterns.find(({ route, pattern }) => route.method === method && pattern.test(pathname));
    if (!found) return;
    const where = `${method.toUpperCase()} ${found.route.path} answered ${status}`;
    if (type.startsWith('application/problem+json')) checkProblem(where, found.route, body);
    else if (!(type.startsWith('text/csv') && isCsv(found.route, status)))
      checkSuccess(where, found.route, status, body);
  };
}

function isCsv({ responses }: Route, status: number): boolean {
  return Boolean(responses[status]?.csv ?? responses[status]?.file);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

function checkProblem(where: string, route: Route, body: unknown): void {
  const { code } = problemSchema.parse(body);
  if (!undeclared.has(code) && !declaredErrors(route).includes(code))
    throw new Error(`${where} ${code}, which it does not declare`);
}

function checkSuccess(where: string, route: Route, status: number, body: unknown): void {
  const answer = route.responses[status];
  if (!answer) throw new Error(`${where}, which it does not declare`);
  if (!answer.content) {
    if (body !== undefined) throw new Error(`${where} with a body, which it does not declare`);
    return;
  }
  const parsed = answer.content.schema.safeParse(body);
  if (!parsed.success) throw new Error(`${where} otherwise than documented: ${parsed.error.message}`);
  const refusal = (body as { problem?: { code: string } | null }).problem?.code;
  const known: readonly string[] = route.refusals ?? [];
  if (refusal && route.refusals && ![...known, 'COMMAND_FAILED'].includes(refusal))
    throw new Error(`${where} with a job refused ${refusal}, which it does not declare`);
}
