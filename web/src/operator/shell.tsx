import type { ComponentChildren } from 'preact';
import { path } from '../platform/router';
import { BrandMark } from '../ui/brand-mark';
import { Button } from '../ui/button';
import { Frame } from '../ui/frame';
import { LanguageSwitch } from '../ui/language-switch';
import { endSession, operator } from './api';
import { AwayNotice } from './away-notice';
import { links } from './links';
import { messages } from './messages/messages';
import { may } from './staff';

/** What is around every page of the operator's. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { shell } = messages.value;
  const top = (
    <>
      <a class="brand" href={links.overview} aria-label={shell.home}>
        <BrandMark />
        <span>
          <span class="operator-brand-name">Frontrow</span> <span class="operator-word">{shell.title}</span>
        </span>
      </a>
      <span class="operator-own">
        <LanguageSwitch />
        {operator.value && (
          <Button kind="quiet" onClick={endSession}>
            {shell.signOut}
          </Button>
        )}
      </span>
      {operator.value && <Menu />}
    </>
  );
  return (
    <Frame skip={shell.skip} topClass="operator-top" top={top}>
      <AwayNotice />
      {children}
    </Frame>
  );
}

function Menu() {
  const { shell } = messages.value;
  const at = path.value;
  const isSales = at === links.overview || at.startsWith('/operator/concerts/');
  const all: [string, string, boolean, boolean][] = [
    [links.overview, shell.overview, isSales, may('admin', 'operator', 'box-office', 'viewer')],
    [links.halls, shell.halls, at === links.halls, may('admin', 'operator', 'box-office', 'viewer')],
    [links.findStart, shell.find, at.startsWith(links.findStart), may('admin', 'operator', 'box-office', 'door')],
    [links.commands, shell.commands, at === links.commands, may('admin', 'operator', 'viewer')],
    [links.money, shell.money, at === links.money, may('admin', 'box-office')],
    [links.actions, shell.actions, at === links.actions, may('admin')],
  ];
  const tabs = all.filter(([, , , isOffered]) => isOffered);
  return (
    <nav class="operator-menu" aria-label={shell.main}>
      {tabs.map(([to, label, current]) => (
        <a key={to} href={to} aria-current={current ? 'page' : undefined}>
          {label}
        </a>
      ))}
      {may('admin') && (
        <a href={links.board} target="_blank" rel="noreferrer" title={shell.boardHint}>
          {shell.board} <span aria-hidden="true">↗</span>
        </a>
      )}
    </nav>
  );
}
