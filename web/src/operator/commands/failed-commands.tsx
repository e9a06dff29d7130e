import { useState } from 'preact/hooks';
import type { AdminJob } from '../../api/api';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Loading } from '../../ui/loading';
import { MoreButton } from '../../ui/more-button';
import { Notice } from '../../ui/notice';
import { api } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may } from '../staff';
import { useAction } from '../use-action';

const firstLimit = 20;
const maxLimit = 100;
const readMs = 3000;

/** Commands that an operator has to decide about. */
export function FailedCommands() {
  const { commands, shell } = messages.value;
  const [limit, setLimit] = useState(firstLimit);
  const [retried, setRetried] = useState<string | null>(null);
  const { data, problem, reload } = useLive(
    `failed ${limit}`,
    (signal) => api.call('GET /v1/admin/failed-jobs', { query: { limit }, signal }),
    readMs,
  );
  const onRetried = (id: string) => {
    setRetried(id);
    announce(commands.retried(id));
    reload();
  };
  return (
    <section class="stack" aria-labelledby="failed">
      <div>
        <h2 id="failed">{commands.failed}</h2>
        <p class="soft">{commands.failedHint}</p>
      </div>
      {retried && <Notice kind="good" title={commands.retried(retried)} />}
      {problem && <ProblemNotice problem={problem} onAgain={reload} />}
      {!data && !problem && <Loading label={shell.loading} />}
      {data?.items.length === 0 && <p class="card soft">{commands.noneFailed}</p>}
      {data && data.items.length > 0 && (
        <ul class="stack">
          {data.items.map((job) => (
            <li key={job.id}>
              <FailedCommand job={job} onRetried={onRetried} />
            </li>
          ))}
        </ul>
      )}
      {data?.nextCursor && limit < maxLimit && <MoreButton label={shell.more} onClick={() => setLimit(maxLimit)} />}
    </section>
  );
}

function FailedCommand({ job, onRetried }: { job: AdminJob; onRetried: (id: string) => void }) {
  const { commands } = messages.value;
  const { shortDateTime } = format.value;
  const act = useAction();
  const retry = async () => {
    const path = { jobId: job.id };
    if (await act.run(() => api.call('POST /v1/admin/jobs/{jobId}/retry', { path }))) onRetried(job.id);
  };
  const facts: [string, string][] = [
    [commands.lane, job.lane],
    [commands.user, job.userId],
    [commands.accepted, shortDateTime(job.acceptedAt)],
    [commands.failedAt, job.finishedAt ? shortDateTime(job.finishedAt) : '–'],
  ];
  return (
    <article class="card stack failed" aria-labelledby={job.id}>
      <div class="row apart">
        <div>
          <h3>{job.kind}</h3>
          <p class="soft small code" id={job.id}>
            {job.id}
          </p>
        </div>
        {may('admin') && (
          <Button kind="plain" busy={act.busy} onClick={() => void retry()} describedBy={job.id}>
            {commands.retry}
          </Button>
        )}
      </div>
      <p class="reason">
        <span class="unseen">{commands.reason}: </span>
        {job.reason ?? '–'}
      </p>
      <dl class="pairs">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="code">{value}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{commands.payload}</summary>
        <pre class="code">{JSON.stringify(job.payload, null, 2) ?? '–'}</pre>
      </details>
      {act.problem && <ProblemNotice problem={act.problem} />}
    </article>
  );
}
