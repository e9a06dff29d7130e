import type { ComponentChildren } from 'preact';
import { links } from '../links';

/** Names and values, side by side. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="pairs">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An id that leads to what it names. */
export function Id({ id }: { id: string }) {
  return (
    <a class="code" href={links.find(id)}>
      {id}
    </a>
  );
}

/** Several of them, one after another. */
export function Ids({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return <>–</>;
  return (
    <span class="id-list">
      {ids.map((id) => (
        <Id key={id} id={id} />
      ))}
    </span>
  );
}
