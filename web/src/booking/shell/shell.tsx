import type { ComponentChildren } from 'preact';
import { navigate, path } from '../../platform/router';
import { endSession, signedIn, who } from '../../platform/session';
import { BrandMark } from '../../ui/brand-mark';
import { Button } from '../../ui/button';
import { Frame } from '../../ui/frame';
import { PointsIcon, TicketIcon } from '../../ui/icons';
import { LanguageSwitch } from '../../ui/language-switch';
import { links } from '../links';
import { messages } from '../messages/messages';
import { SessionOver } from '../session/session-over';
import { forgetAllTokens } from '../waiting-room/queue-tokens';
import { AwayNotice } from './away-notice';

/** What is around every page of the user's. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { shell } = messages.value;
  const top = (
    <>
      <a class="brand" href={links.concerts} aria-label={shell.home}>
        <BrandMark />
        <span class="brand-name">Frontrow</span>
      </a>
      <Menu />
      <LanguageSwitch />
      <Account />
    </>
  );
  return (
    <Frame skip={shell.skip} top={top}>
      <AwayNotice />
      <SessionOver />
      {children}
    </Frame>
  );
}

function Menu() {
  const { shell } = messages.value;
  if (!signedIn.value) return null;
  const current = (to: string) => (path.value.startsWith(to) ? ('page' as const) : undefined);
  return (
    <nav class="menu" aria-label={shell.main}>
      <a class="button quiet" href={links.tickets} aria-current={current(links.tickets)}>
        <TicketIcon />
        <span>{shell.tickets}</span>
      </a>
      <a class="button quiet" href={links.points} aria-current={current(links.points)}>
        <PointsIcon />
        <span>{shell.points}</span>
      </a>
    </nav>
  );
}

function Account() {
  const { shell } = messages.value;
  const name = who.value?.name ?? '';
  if (!signedIn.value) {
    const here = location.pathname + location.search;
    return (
      <a class="button plain" href={here.startsWith('/sign-in') ? here : links.signIn(here)}>
        {shell.signIn}
      </a>
    );
  }
  const leave = () => {
    endSession();
    forgetAllTokens();
    navigate(links.concerts);
  };
  return (
    <details class="account">
      <summary aria-label={shell.signedInAs(name)}>{[...name.trim()][0]?.toUpperCase()}</summary>
      <div class="account-inside card stack">
        <p>{shell.signedInAs(name)}</p>
        <Button kind="plain" onClick={leave}>
          {shell.signOut}
        </Button>
      </div>
    </details>
  );
}
