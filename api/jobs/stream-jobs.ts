import type { CommandDoc } from '../../shared/commands/command.model';
import { anyJob, presentJob } from '../commands/job';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { type EventStream, route } from '../http/route';
import { lastEventId } from '../streams/event-stream';
import { exampleJobs } from './get-job';
import { lateMs } from './job-broadcaster';
import type { HistoryPosition } from './job-history';

/** How far back a stream begins, ms: without a `Last-Event-ID`, and at most with one. */
const freshMs = 60_000;
const maxMs = 600_000;

export const streamJobs = route({
  method: 'get',
  path: '/v1/jobs/events',
  tag: 'Job',
  summary: 'What becomes of your commands, live',
  description:
    'Server-Sent Events: an event `job` for each of your commands that becomes final, with the body of `GET /v1/jobs/{jobId}`, ' +
    'within a second of the commit. First come those of the last minute; a client that comes back with the `id` of an event as ' +
    '`Last-Event-ID`, to any process, gets those since that one, for up to ten minutes. A job may come twice, and is then ' +
    'the same. A comment every 15 seconds.',
  auth: 'user',
  headers: lastEventId,
  responses: {
    200: {
      description: 'The stream; each `data` is a job.',
      mediaType: 'text/event-stream',
      content: content(anyJob, { done: exampleJobs.done, refused: exampleJobs.refused }),
    },
  },
  errors: ['TOO_MANY_STREAMS', 'SERVICE_UNAVAILABLE'],
  async handler({ user, headers }, { jobBroadcaster, clock }: ApiContext) {
    const jobs = await jobBroadcaster.open(user.id, startOf(headers['last-event-id'], clock.now()));
    const stream: EventStream = {
      kind: 'jobs',
      start: ({ send, drained, end }) =>
        jobs.subscribe({
          send: (job, settled) => send('job', presentJob(job), eventId(job, settled)),
          drained,
          end,
        }),
    };
    return { status: 200, stream };
  },
});

const settledMark = '.settled';

/** The time that it finished, on the database's clock, so that every process can go on from there. */
function eventId({ _id, finishedAt }: CommandDoc, settled: boolean): string {
  return `${finishedAt?.getTime() ?? 0}.${_id}${settled ? settledMark : ''}`;
}

/**
 * Commands don't show in the order in which they finished: those from a little before an event may have come later, unless it
 * was settled by then. So whoever reads a long history in parts gets on, wherever the connection ends.
 */
function startOf(lastId: string | undefined, now: number): HistoryPosition {
  const [, time, id = ''] = /^(\d{13})\.(\w{1,80}\.settled)?/.exec(lastId ?? '') ?? [];
  if (time === undefined) return { finishedAt: new Date(now - freshMs), id: '' };
  const last = Math.min(Number(time), now);
  const earliest = now - maxMs;
  if (id && last >= earliest) return { finishedAt: new Date(last), id: id.slice(0, -settledMark.length) };
  return { finishedAt: new Date(Math.max(earliest, last - lateMs)), id: '' };
}
