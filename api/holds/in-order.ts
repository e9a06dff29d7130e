/**
 * The items in order, one after the other: whoever takes a few of many pays for few.
 * @param items are rearranged, and taken out as they come (a binary heap)
 * @param compare equal items come in any order
 */
export function* inOrder<T>(items: T[], compare: (a: T, b: T) => number): Generator<T, undefined> {
  for (let i = Math.floor(items.length / 2) - 1; i >= 0; i -= 1) sink(items, i, compare);
  for (let [first] = items; first !== undefined; [first] = items) {
    const last = items.pop() as T;
    if (items.length > 0) items[0] = last;
    sink(items, 0, compare);
    yield first;
  }
}

function sink<T>(heap: T[], at: number, compare: (a: T, b: T) => number): void {
  const item = heap[at] as T;
  for (let i = at; ; ) {
    const [left, right] = [2 * i + 1, 2 * i + 2];
    if (left >= heap.length) return;
    const child = right < heap.length && compare(heap[right] as T, heap[left] as T) < 0 ? right : left;
    if (compare(heap[child] as T, item) >= 0) return;
    heap[i] = heap[child] as T;
    heap[child] = item;
    i = child;
  }
}
