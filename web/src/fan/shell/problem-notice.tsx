import type { ComponentChildren } from 'preact';
import type { FrontrowError } from '../../api/api';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { links } from '../links';
import { messages } from '../messages/messages';

interface ProblemNoticeProps {
  problem: FrontrowError;
  onAgain?: () => void;
  /** There is nothing else on the page. */
  wholePage?: boolean;
}

/** What was asked for can't be shown: why, and the ways on. */
export function ProblemNotice({ problem, onAgain, wholePage = false }: ProblemNoticeProps) {
  const { troubles, shell } = messages.value;
  const unknown = new Map<string, string>([
    ['NOT_FOUND', troubles.notFound],
    ['CONCERT_NOT_FOUND', troubles.concertNotFound],
    ['PERFORMANCE_NOT_FOUND', troubles.performanceNotFound],
    ['HOLD_NOT_FOUND', troubles.holdNotFound],
    ['RESERVATION_NOT_FOUND', troubles.ticketNotFound],
  ]).get(problem.code);
  const again: ComponentChildren = onAgain && <Button onClick={onAgain}>{troubles.tryAgain}</Button>;
  return (
    <Notice
      kind={unknown ? 'info' : 'bad'}
      alert
      wholePage={wholePage}
      title={unknown ?? troubles.ours}
      actions={
        <>
          {!unknown && again}
          <a class="button plain" href={links.concerts}>
            {shell.concerts}
          </a>
        </>
      }
    >
      {!unknown && <p class="soft">{troubles.code(problem.code)}</p>}
    </Notice>
  );
}
