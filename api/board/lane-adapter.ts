import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Queue } from 'bullmq';
import { completedJobs } from '../../shared/commands/queues';

const about: Record<string, string> = {
  reservation: 'Commands about seats: place, release and expire holds.',
  wallet: 'Commands about wallets: charge, use, pay.',
};
const jobs = `A job wakes the lane for the commands that it names; the last ${completedJobs} that did stay under Completed. Failed commands are retried on the operator page.`;

/**
 * A lane as the board shows it: read-only. Retrying, promoting or adding jobs would go around the order of the
 * lane, and the truth is in MongoDB anyway: a failed command is retried on the operator's page, which asks the admin API.
 */
export function laneAdapter(queue: Queue): BullMQAdapter {
  const [kind = '', number = ''] = queue.name.split('-');
  const adapter = new BullMQAdapter(queue, {
    readOnlyMode: true,
    allowRetries: false,
    delimiter: '-',
    displayName: `${kind} lane ${number}`,
    description: `${about[kind] ?? ''} ${jobs}`,
    externalJobUrl: () => ({ href: '/operator/commands', displayText: 'Operator page: retry' }),
  });
  for (const field of ['data', 'returnValue', 'progress'] as const) adapter.setFormatter(field, withoutValues);
  return adapter;
}

/** Jobs carry ids of commands at most. Should one ever carry more, the board shows the names of the fields and hides their values. */
function withoutValues(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === null || value === undefined ? value : '[hidden]';
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [field, isIds(field, content) ? content : '[hidden]']),
  );
}

function isIds(field: string, content: unknown): boolean {
  return field === 'commands' && Array.isArray(content) && content.every((id) => /^(job|expire)_\w+$/.test(id));
}
