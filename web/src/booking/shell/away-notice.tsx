import { useUnreachable } from '../../ui/use-unreachable';
import { messages } from '../messages/messages';

export function AwayNotice() {
  const { problems } = messages.value;
  if (!useUnreachable(`${problems.away} ${problems.awayMore}`, problems.back)) return null;
  return (
    <div class="away">
      <span class="spinner" aria-hidden="true" />
      <p>
        <strong>{problems.away}</strong> {problems.awayMore}
      </p>
    </div>
  );
}
