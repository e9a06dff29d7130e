import { useId, useRef, useState } from 'preact/hooks';
import { type FrontrowError, hasCode } from '../api/api';
import { settings } from '../platform/settings';
import { announce } from '../ui/announcer';
import { Button } from '../ui/button';
import { Form } from '../ui/form';
import { Heading } from '../ui/heading';
import { signIn, signInWith } from './api';
import { messages } from './messages/messages';
import { ProblemNotice } from './problem-notice';
import { useAction } from './use-action';

export function SignInPage() {
  const { signIn: texts } = messages.value;
  return (
    <div class="narrow stack loose">
      <Heading title={texts.title}>{texts.title}</Heading>
      <SignInForm />
    </div>
  );
}

/** The admin's password where the server signs people in, else a token of the identity provider. */
function SignInForm() {
  const { signIn: texts } = messages.value;
  const [name, setName] = useState('admin');
  const [secret, setSecret] = useState('');
  const [empty, setEmpty] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const act = useAction();
  const id = useId();
  const wrong = empty ? texts.empty : saidOf(act.problem);
  const submit = async () => {
    setEmpty(secret.trim() === '');
    if (secret.trim() === '') return input.current?.focus();
    const done = await act.run(() =>
      settings.signIn ? signIn(name.trim() || 'admin', secret) : signInWith(secret.trim()),
    );
    if (done) announce(messages.value.shell.title);
    else input.current?.focus();
  };
  return (
    <Form onSubmit={submit}>
      {settings.signIn && (
        <div class="field">
          <label for={`${id}-name`}>{texts.name}</label>
          <input
            id={`${id}-name`}
            name="username"
            autocomplete="username"
            maxLength={100}
            value={name}
            aria-describedby={`${id}-name-hint`}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <p class="hint" id={`${id}-name-hint`}>
            {texts.nameHint}
          </p>
        </div>
      )}
      <div class="field">
        <label for={id}>{settings.signIn ? texts.password : texts.token}</label>
        <input
          ref={input}
          id={id}
          name="password"
          type="password"
          autocomplete={settings.signIn ? 'current-password' : 'off'}
          value={secret}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-hint ${id}-wrong`}
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
        <p class="hint" id={`${id}-hint`}>
          {settings.signIn ? texts.passwordHint : texts.tokenHint}
        </p>
      </div>
      {act.problem && !wrong && <ProblemNotice problem={act.problem} />}
      <Button type="submit" busy={act.busy} wide>
        {texts.go}
      </Button>
    </Form>
  );
}

function saidOf(problem: FrontrowError | null): string | null {
  const { signIn: texts } = messages.value;
  if (hasCode(problem, 'UNAUTHENTICATED')) return texts.wrong;
  if (hasCode(problem, 'RATE_LIMITED')) return texts.wait(problem.retryAfterSeconds ?? 1);
  return null;
}
