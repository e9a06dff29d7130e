import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

export type Params = Record<string, string>;

/** A page of an entry: `/concerts/:concertId` and what shows it. */
export interface PageRoute {
  path: string;
  page: ComponentType<{ params: Params }>;
}

/** Where the browser is, without the query. */
export const path = signal(location.pathname);
/** Rises with every move, also to the address where one is already. */
export const moves = signal(0);

function arrive(): void {
  path.value = location.pathname;
  moves.value += 1;
}

/** Goes to an address of this entry. `replace`: Back skips the page that is left. */
export function navigate(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  scrollTo(0, 0);
  arrive();
}

/** The route for a path, with the values of its `:names`. */
export function find(routes: readonly PageRoute[], at: string): { route: PageRoute; params: Params } | null {
  for (const route of routes) {
    const params = match(route.path, at);
    if (params) return { route, params };
  }
  return null;
}

function match(pattern: string, at: string): Params | null {
  const wanted = pattern.split('/');
  const given = at.replace(/(.)\/$/, '$1').split('/');
  if (wanted.length !== given.length) return null;
  const params: Params = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(value);
    else if (part !== value) return null;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Follows Back and Forward, and clicks on links to pages of this entry, without loading anything anew. */
export function startRouter(routes: readonly PageRoute[]): void {
  addEventListener('popstate', arrive);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.origin !== location.origin || link.hasAttribute('download')) return;
    if (!find(routes, link.pathname)) return;
    event.preventDefault();
    navigate(link.pathname + link.search, { replace: link.dataset.replace !== undefined });
  });
}
