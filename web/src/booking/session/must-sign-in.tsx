import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { navigate, type Params, path } from '../../platform/router';
import { who } from '../../platform/session';
import { links } from '../links';

type Page = ComponentType<{ params: Params }>;

/**
 * A page for signed-in users; others sign in first, and come back. A user whose session has run out stays, with
 * everything that is shown, and is asked by a notice.
 */
export function mustSignIn(Shown: Page): Page {
  return function SignedInPage({ params }) {
    const known = who.value !== null;
    useEffect(() => {
      if (!known) navigate(links.signIn(path.peek()), { replace: true });
    }, [known]);
    return known ? <Shown params={params} /> : null;
  };
}
