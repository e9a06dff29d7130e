import { useState } from 'preact/hooks';
import type { AdminAction } from '../api/api';
import { format } from '../i18n/format';
import { Heading } from '../ui/heading';
import { Loading } from '../ui/loading';
import { MoreButton } from '../ui/more-button';
import { api } from './api';
import { useLive } from './live';
import { messages } from './messages/messages';
import { ProblemNotice } from './problem-notice';

const firstLimit = 25;
const maxLimit = 100;
const readMs = 10_000;

export function ActionsPage() {
  const { actions, shell } = messages.value;
  const [limit, setLimit] = useState(firstLimit);
  const { data, problem, reload } = useLive(
    `actions ${limit}`,
    (signal) => api.call('GET /v1/admin/actions', { query: { limit }, signal }),
    readMs,
  );
  return (
    <div class="stack loose">
      <div class="stack">
        <Heading title={actions.title}>{actions.title}</Heading>
        <p class="soft">{actions.hint}</p>
      </div>
      {problem && <ProblemNotice problem={problem} onAgain={reload} />}
      {!data && !problem && <Loading label={shell.loading} />}
      {data?.items.length === 0 && <p class="card soft">{actions.none}</p>}
      {data && data.items.length > 0 && (
        <ol class="card log">
          {data.items.map((action) => (
            <LogEntry key={action.id} action={action} />
          ))}
        </ol>
      )}
      {data?.nextCursor && limit < maxLimit && <MoreButton label={shell.more} onClick={() => setLimit(maxLimit)} />}
    </div>
  );
}

function LogEntry({ action: { action, target, at, adminId, details } }: { action: AdminAction }) {
  return (
    <li class="log-entry">
      <div class="row apart">
        <strong>
          {action} <span class="code soft">{target}</span>
        </strong>
        <time class="soft small number" dateTime={at}>
          {format.value.shortDateTime(at)}
        </time>
      </div>
      <ul class="changes small">
        {Object.entries(details).map(([field, value]) => (
          <li key={field}>
            {field}: <span class="code">{changeOf(value)}</span>
          </li>
        ))}
      </ul>
      <p class="soft small code">{adminId}</p>
    </li>
  );
}

/** `{from, to}` as an arrow; anything else as it is, cut where it gets long. */
function changeOf(value: unknown): string {
  const { from, to } = (value ?? {}) as { from?: unknown; to?: unknown };
  if (from !== undefined && to !== undefined) return `${textOf(from)} → ${textOf(to)}`;
  return textOf(value);
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
