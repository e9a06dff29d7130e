import { Heading } from '../ui/heading';
import { links } from './links';
import { messages } from './messages/messages';

export function NotFoundPage() {
  const { trouble, shell } = messages.value;
  return (
    <div class="stack">
      <Heading title={shell.title}>{trouble.nowhere}</Heading>
      <p>
        <a href={links.overview}>{shell.back}</a>
      </p>
    </div>
  );
}
