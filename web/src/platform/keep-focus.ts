const focusable = 'a[href], button, input, summary, [tabindex="0"]';

/**
 * An element that is removed while it has the focus takes the focus with it, and whoever uses a keyboard or a screen reader
 * is sent back to the top. Moves the focus to what replaced the element, or else to what is next to it.
 */
export function keepFocus(root: HTMLElement): void {
  let focused: Element | null = null;
  root.addEventListener('focusin', (event) => {
    focused = event.target as Element;
  });
  root.addEventListener('focusout', () =>
    // A click beside everything takes the focus away, too, and is meant.
    queueMicrotask(() => {
      if (focused?.isConnected && document.activeElement !== focused) focused = null;
    }),
  );
  const observer = new MutationObserver((records) => {
    const gone = focused;
    if (!gone || gone.isConnected || document.activeElement !== document.body) return;
    focused = null;
    const removal = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)));
    if (removal) replacement(removal, records, root)?.focus({ preventScroll: true });
  });
  observer.observe(root, { childList: true, subtree: true });
}

function replacement(removal: MutationRecord, records: MutationRecord[], root: Element): HTMLElement | null {
  const { target, nextSibling, previousSibling } = removal;
  const added = records.filter((one) => one.target === target).flatMap((one) => [...one.addedNodes]);
  for (const node of added) {
    const found = first(node, 'h1') ?? first(node);
    if (found) return found;
  }
  let [after, before] = [nextSibling, previousSibling];
  for (let around: Node | null = target; around; around = around.parentNode) {
    for (; after; after = after.nextSibling) {
      const found = first(after);
      if (found) return found;
    }
    for (; before; before = before.previousSibling) {
      const found = last(before);
      if (found) return found;
    }
    if (around === root) break;
    [after, before] = [around.nextSibling, around.previousSibling];
  }
  return null;
}

function all(node: Node, selector: string): HTMLElement[] {
  if (!(node instanceof Element) || !node.isConnected) return [];
  const own = node.matches(selector) ? [node] : [];
  return [...own, ...node.querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);
}

const first = (node: Node, selector = focusable) => all(node, selector)[0] ?? null;
const last = (node: Node) => all(node, focusable).at(-1) ?? null;
