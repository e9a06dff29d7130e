import type { FrontrowError } from '../../api/api';
import { Notice } from '../../ui/notice';
import { messages } from '../messages/messages';

/** No checkout was opened, and nothing was paid. */
export function BuyProblem({ problem }: { problem: FrontrowError }) {
  const { points: texts, problems } = messages.value;
  const words = new Map<string, string>([
    ['PROVIDER_UNAVAILABLE', texts.providerAway],
    ['NO_ANSWER', texts.providerAway],
    ['TOO_MANY_TOP_UPS', texts.tooManyOpen],
  ]).get(problem.code);
  return (
    <Notice kind="warn" alert title={words ?? problems.ours}>
      <p>
        {problems.oursMore} {!words && <span class="soft">{problems.code(problem.code)}</span>}
      </p>
    </Notice>
  );
}
