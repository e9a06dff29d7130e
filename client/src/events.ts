/** The server sends a comment every 15 seconds; who hears nothing for so long listens to nobody. */
const silentMs = 45_000;

/** The `data` of each Server-Sent Event of an answer, parsed. Ends with the stream. @throws when it breaks or falls silent */
export async function* readEvents<T>(response: Response, controller: AbortController): AsyncGenerator<T> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let text = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      timer = setTimeout(() => controller.abort(new Error('the stream fell silent')), silentMs);
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return;
      const blocks = (text + value).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data) yield JSON.parse(data) as T;
      }
    }
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
