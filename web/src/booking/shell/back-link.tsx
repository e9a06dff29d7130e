import type { ComponentChildren } from 'preact';
import { BackIcon } from '../../ui/icons';

export function BackLink({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <p class="back">
      <a class="button quiet" href={href}>
        <BackIcon />
        <span>{children}</span>
      </a>
    </p>
  );
}
