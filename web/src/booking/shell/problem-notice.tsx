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
  const { problems, shell } = messages.value;
  const unknown = new Map<string, string>([
    ['NOT_FOUND', problems.notFound],
    ['CONCERT_NOT_FOUND', problems.concertNotFound],
    ['PERFORMANCE_NOT_FOUND', problems.performanceNotFound],
    ['HOLD_NOT_FOUND', problems.holdNotFound],
    ['RESERVATION_NOT_FOUND', problems.ticketNotFound],
  ]).get(problem.code);
  const again: ComponentChildren = onAgain && <Button onClick={onAgain}>{problems.tryAgain}</Button>;
  return (
    <Notice
      kind={unknown ? 'info' : 'bad'}
      alert
      wholePage={wholePage}
      title={unknown ?? problems.ours}
      actions={
        <>
          {!unknown && again}
          <a class="button plain" href={links.concerts}>
            {shell.concerts}
          </a>
        </>
      }
    >
      {!unknown && <p class="soft">{problems.code(problem.code)}</p>}
    </Notice>
  );
}
