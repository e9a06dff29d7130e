import { Notice } from '../ui/notice';
import { useUnreachable } from '../ui/use-unreachable';
import { messages } from './messages/messages';

export function AwayNotice() {
  const { shell } = messages.value;
  if (!useUnreachable(`${shell.away} ${shell.awayMore}`, shell.here)) return null;
  return (
    <div class="above">
      <Notice kind="warn" title={shell.away}>
        <p>{shell.awayMore}</p>
      </Notice>
    </div>
  );
}
