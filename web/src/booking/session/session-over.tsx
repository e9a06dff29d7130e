import { path } from '../../platform/router';
import { who } from '../../platform/session';
import { Notice } from '../../ui/notice';
import { links } from '../links';
import { messages } from '../messages/messages';

/** The session has ended by itself: everything waits for the same user. */
export function SessionOver() {
  const { signIn } = messages.value;
  if (!who.value || who.value.token || path.value === '/sign-in') return null;
  return (
    <div class="above">
      <Notice
        kind="warn"
        alert
        title={signIn.over}
        actions={
          <a class="button main" href={links.signIn(path.value)}>
            {signIn.go}
          </a>
        }
      >
        <p>{signIn.overMore}</p>
      </Notice>
    </div>
  );
}
