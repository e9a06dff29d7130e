/** One Server-Sent Event. */
export interface ServerEvent {
  name: string;
  data: string;
  id: string | null;
}

interface EventParser {
  /** Takes the next piece of the stream. @returns the events that it completes */
  take(piece: string): ServerEvent[];
  /** ms that the server asks to wait before coming back, if it did. */
  readonly retryMs: number | null;
}

/** The `text/event-stream` format of the HTML standard, as far as servers use it. */
export function createEventParser(): EventParser {
  let rest = '';
  let retryMs: number | null = null;
  return {
    get retryMs() {
      return retryMs;
    },
    take(piece) {
      const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop() ?? '';
      return blocks.flatMap((block) => {
        const fields = block.split('\n').map((line) => /^([^:]*):? ?(.*)$/.exec(line)?.slice(1) ?? ['', '']);
        const all = (wanted: string) => fields.flatMap(([name, value = '']) => (name === wanted ? [value] : []));
        const retry = Number(all('retry')[0] ?? Number.NaN);
        if (Number.isFinite(retry)) retryMs = retry;
        const data = all('data');
        if (data.length === 0) return [];
        return [{ name: all('event')[0] ?? 'message', data: data.join('\n'), id: all('id')[0] ?? null }];
      });
    },
  };
}
