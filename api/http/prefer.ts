/**
 * How long the client prefers to wait for the outcome, from a `Prefer: wait=N` header (RFC 7240), in seconds, at most
 * `maxSeconds`. Preferences that are unknown or malformed are ignored, and the first of several counts, as the RFC wants; null
 * when there is none.
 */
export function preferredWait(prefer: string | undefined, maxSeconds: number): number | null {
  if (prefer === undefined) return null;
  for (const preference of splitOutsideQuotes(prefer, ',')) {
    const [first = ''] = splitOutsideQuotes(preference, ';');
    const seconds = /^\s*wait\s*=\s*("?)(\d+)\1\s*$/i.exec(first)?.[2];
    if (seconds !== undefined) return Math.min(Number(seconds), maxSeconds);
  }
  return null;
}

/** The parts of a header between separators that are not in a quoted string. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (isQuoted && text[at] === '\\') at += 1;
    else if (text[at] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
