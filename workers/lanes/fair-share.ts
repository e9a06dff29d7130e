/**
 * How many of `lanes` lanes a worker should own: as equal as whole numbers allow. The ones left over go to the first
 * workers in order; `offset` lets each kind of queue start with another worker.
 */
export function fairShare(workers: readonly string[], worker: string, lanes: number, offset = 0): number {
  const count = workers.length;
  const rank = workers.indexOf(worker);
  if (rank < 0) return 0;
  const turn = (rank + count - (offset % count)) % count;
  return Math.floor(lanes / count) + (turn < lanes % count ? 1 : 0);
}
