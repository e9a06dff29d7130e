import type { ComponentChildren } from 'preact';
import { Heading } from './heading';

interface NoticeProps {
  kind?: 'info' | 'good' | 'warn' | 'bad';
  title: string;
  children?: ComponentChildren;
  /** The ways on. */
  actions?: ComponentChildren;
  /** Spoken at once: for what just went wrong with what the user did. */
  alert?: boolean;
  /** It is all that the page has: its title is the page's heading. */
  wholePage?: boolean;
}

const signs = { info: 'i', good: '✓', warn: '!', bad: '!' };

/** What happened, in a sentence, and the ways on. */
export function Notice({ kind = 'info', title, children, actions, alert = false, wholePage = false }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={alert ? 'alert' : undefined}>
      <span class="sign" aria-hidden="true">
        {signs[kind]}
      </span>
      <div class="words">
        {wholePage ? <Heading title={title}>{title}</Heading> : <p class="title">{title}</p>}
        {children && <div class="more">{children}</div>}
        {actions && <div class="actions">{actions}</div>}
      </div>
    </div>
  );
}
