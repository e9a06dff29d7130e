import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { links } from '../links';
import { messages } from '../messages/messages';
import type { QueueEnd } from './queue-tokens';

/** Why the user is not in the queue, and how to join. */
export function QueueEnded({ end, concertId, onJoin }: { end: QueueEnd; concertId: string; onJoin: () => void }) {
  const { problems } = messages.value;
  const texts: Record<QueueEnd, [string, string]> = {
    closed: [problems.queueClosed, problems.queueClosedMore],
    silent: [problems.silent, problems.silentMore],
    'session-over': [problems.sessionOver, problems.sessionOverMore],
    completed: [problems.completed, problems.completedMore],
    left: [problems.left, problems.leftMore],
    reset: [problems.reset, problems.resetMore],
    unknown: [problems.ours, problems.oursMore],
  };
  const [title, more] = texts[end];
  return (
    <Notice
      kind={end === 'completed' ? 'good' : 'warn'}
      alert
      title={title}
      actions={
        <>
          {end !== 'closed' && <Button onClick={onJoin}>{problems.joinAgain}</Button>}
          {end === 'completed' && (
            <a class="button plain" href={links.tickets}>
              {problems.toTickets}
            </a>
          )}
          <a class="button plain" href={links.concert(concertId)}>
            {problems.toDates}
          </a>
        </>
      }
    >
      <p>{more}</p>
    </Notice>
  );
}
