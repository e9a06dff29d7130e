import type { ComponentChildren } from 'preact';
import { Announcer } from './announcer';

interface FrameProps {
  /** Words of the link past the head. */
  skip: string;
  /** Class of the head, besides its own. */
  topClass?: string;
  top: ComponentChildren;
  children: ComponentChildren;
}

/** What is around every page: a way past the head, the head, the page, and the live region for screen readers. */
export function Frame({ skip, topClass = '', top, children }: FrameProps) {
  return (
    <>
      <a class="skip" href="#content">
        {skip}
      </a>
      <header class="top">
        <div class={`top-inside ${topClass}`.trim()}>{top}</div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Announcer />
    </>
  );
}
