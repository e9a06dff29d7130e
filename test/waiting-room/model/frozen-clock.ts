/** Makes the offset argument the whole time, so that a sequence meets every limit to the millisecond. */
export function freezeClock(source: string, name: string): string {
  if (name !== 'room') return source;
  const frozen = source
    .replace(/^local clock = .*$/m, 'local clock = clockOffsetMs')
    .replace(/^local now = .*$/m, 'local now = clock');
  if (!/= clockOffsetMs\nlocal now = clock$/m.test(frozen)) throw new Error('the clock has moved');
  return frozen;
}
