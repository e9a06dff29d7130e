import { useEffect, useId, useState } from 'preact/hooks';
import { api, type FrontrowError, hasCode } from '../../api/api';
import { keepTrying } from '../../api/keep-trying';
import { navigate } from '../../platform/router';
import { signedIn, startSession, who } from '../../platform/session';
import { settings } from '../../platform/settings';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Heading } from '../../ui/heading';
import { Notice } from '../../ui/notice';
import { links } from '../links';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../shell/problem-notice';

/** An address of this site that was asked for; anything else is not gone to. */
function next(): string {
  const wanted = new URLSearchParams(location.search).get('next') ?? '';
  return /^\/(?![/\\])/.test(wanted) ? wanted : links.concerts;
}

export function SignInPage() {
  const { signIn } = messages.value;
  const isSignedIn = signedIn.value;
  // Also when it happens in another tab.
  useEffect(() => {
    if (isSignedIn) navigate(next(), { replace: true });
  }, [isSignedIn]);
  return (
    <div class="narrow stack loose">
      <Heading title={signIn.title}>{signIn.title}</Heading>
      {settings.signIn ? (
        <SignInForm />
      ) : (
        <Notice kind="info" title={signIn.off}>
          <p>{signIn.offMore}</p>
        </Notice>
      )}
    </div>
  );
}

type Wrong = 'empty' | 'admin' | FrontrowError | null;

function SignInForm() {
  const { signIn } = messages.value;
  const [name, setName] = useState(who.value?.name ?? '');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>(null);
  const id = useId();
  const submit = async () => {
    if (name.trim() === '') return setWrong('empty');
    setBusy(true);
    setWrong(null);
    setWrong(await signInAs(name.trim()));
    setBusy(false);
  };
  return (
    <Form onSubmit={() => busy || submit()}>
      <div class="field">
        <label for={id}>{signIn.name}</label>
        <input
          id={id}
          name="name"
          autocomplete="username"
          maxLength={100}
          value={name}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-hint ${id}-wrong`}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {wrong === 'empty' && signIn.empty}
          {wrong === 'admin' && (
            <>
              {signIn.admin} <a href="/operator">{signIn.toOperator}</a>
            </>
          )}
        </p>
        <p class="hint" id={`${id}-hint`}>
          {signIn.hint}
        </p>
      </div>
      {wrong && typeof wrong === 'object' && <ProblemNotice problem={wrong} />}
      <Button type="submit" busy={busy} wide>
        {signIn.go}
      </Button>
    </Form>
  );
}

/** Keeps trying while the server is unreachable. @returns what was wrong, if anything */
async function signInAs(name: string): Promise<Wrong> {
  try {
    const { token, userId } = await keepTrying(() => api.signIn({ name }));
    startSession({ token, userId, name });
    return null;
  } catch (error) {
    return hasCode(error, 'UNAUTHENTICATED') ? 'admin' : (error as FrontrowError);
  }
}
