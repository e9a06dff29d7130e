import type { FrontrowError } from '../api/api';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { messages } from './messages/messages';

/** What did not work, why, and the way on. */
export function ProblemNotice({ problem, onAgain }: { problem: FrontrowError; onAgain?: () => void }) {
  const { trouble } = messages.value;
  const known = new Map<string, string>([
    ['FORBIDDEN', trouble.forbidden],
    ['CONCERT_NOT_FOUND', trouble.concert],
    ['RESERVATION_NOT_FOUND', trouble.reservation],
    ['JOB_NOT_FAILED', trouble.notFailed],
    ['NO_ANSWER', trouble.noAnswer],
  ]).get(problem.code);
  const again = onAgain && (
    <Button kind="plain" onClick={onAgain}>
      {trouble.again}
    </Button>
  );
  return (
    <Notice kind="bad" alert title={known ?? trouble.ours} actions={again}>
      {!known && <p>{trouble.code(problem.code)}</p>}
    </Notice>
  );
}
