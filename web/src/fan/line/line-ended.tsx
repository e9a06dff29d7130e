import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { links } from '../links';
import { messages } from '../messages/messages';
import type { LineEnd } from './places';

/** Why there is no place in line, and how to get one. */
export function LineEnded({ end, concertId, onJoin }: { end: LineEnd; concertId: string; onJoin: () => void }) {
  const { troubles } = messages.value;
  const texts: Record<LineEnd, [string, string]> = {
    closed: [troubles.lineClosed, troubles.lineClosedMore],
    silent: [troubles.silent, troubles.silentMore],
    'session-over': [troubles.visitOver, troubles.visitOverMore],
    completed: [troubles.completed, troubles.completedMore],
    left: [troubles.left, troubles.leftMore],
    reset: [troubles.reset, troubles.resetMore],
    unknown: [troubles.ours, troubles.oursMore],
  };
  const [title, more] = texts[end];
  return (
    <Notice
      kind={end === 'completed' ? 'good' : 'warn'}
      alert
      title={title}
      actions={
        <>
          {end !== 'closed' && <Button onClick={onJoin}>{troubles.joinAgain}</Button>}
          {end === 'completed' && (
            <a class="button plain" href={links.tickets}>
              {troubles.toTickets}
            </a>
          )}
          <a class="button plain" href={links.concert(concertId)}>
            {troubles.toDates}
          </a>
        </>
      }
    >
      <p>{more}</p>
    </Notice>
  );
}
