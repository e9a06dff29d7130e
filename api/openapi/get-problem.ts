import { z } from 'zod';
import { Problem, type ProblemCode, problems, problemType } from '../../shared/platform/errors';
import { content } from '../http/endpoint';
import { problemCode, problemCodes } from '../http/problem-schema';
import { route } from '../http/route';

const meaning = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: problemCode,
    retry: z.boolean().meta({ description: 'Whether the same request may succeed later' }),
  })
  .meta({ id: 'ProblemType' });

const codes = new Map(problemCodes.map((code) => [problemType(code), code]));

export const getProblem = route({
  method: 'get',
  path: '/problems/{name}',
  tag: 'Problem',
  summary: 'What a problem means',
  description: 'Where the `type` of a problem document leads (RFC 9457).',
  auth: 'none',
  params: z.strictObject({ name: z.string().max(80).meta({ example: 'seat-taken' }) }),
  responses: {
    200: { description: 'The meaning.', content: content(meaning, { taken: meaningOf('SEAT_TAKEN') }) },
  },
  errors: ['NOT_FOUND'],
  async handler({ params }) {
    const code = codes.get(`/problems/${params.name}`);
    if (!code) throw new Problem('NOT_FOUND');
    return { status: 200, body: meaningOf(code) };
  },
});

function meaningOf(code: ProblemCode) {
  const { title, status } = problems[code];
  return { type: problemType(code), title, status, code, retry: 'retry' in problems[code] };
}
