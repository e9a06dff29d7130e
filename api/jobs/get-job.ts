import { Problem } from '../../shared/platform/errors';
import { anyJob, presentJob, retryAfter } from '../commands/job';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { exampleProblem } from '../http/problem-schema';
import { route } from '../http/route';
import { example, pathId } from '../http/schemas';

const times = { acceptedAt: '2026-11-20T19:00:00.000Z', finishedAt: '2026-11-20T19:00:00.045Z' };
const job = { id: example.job, kind: 'hold.place' as const, ...times };

export const exampleJobs = {
  accepted: { ...job, status: 'accepted' as const, finishedAt: null, result: null, problem: null },
  done: {
    ...job,
    status: 'done' as const,
    result: { holdId: example.hold, seatIds: [example.seat], amount: 1500, expiresAt: '2026-11-20T19:05:00.000Z' },
    problem: null,
  },
  refused: { ...job, status: 'refused' as const, result: null, problem: exampleProblem('SEAT_TAKEN') },
};

export const getJob = route({
  method: 'get',
  path: '/v1/jobs/{jobId}',
  tag: 'Job',
  summary: 'What became of a command',
  description: 'The same job that the command was answered with, as it is now. `Retry-After` while it is unfinished.',
  auth: 'user',
  params: pathId('jobId', 'job'),
  responses: {
    200: {
      description: 'The job.',
      content: content(anyJob, exampleJobs),
      headers: { 'Retry-After': 'Seconds until another poll is worth it; only while the job is unfinished' },
    },
  },
  errors: ['JOB_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, { find }: ApiContext) {
    const command = await find.commands(params.jobId);
    // Commands without a key are the product's own, such as the expiry of a hold.
    if (command?.userId !== user.id || command.key === null) throw new Problem('JOB_NOT_FOUND');
    return { status: 200, headers: retryAfter(command), body: presentJob(command) };
  },
});
