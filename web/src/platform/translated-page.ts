import { options } from 'preact';

/** An element where a text was, or beside where it was, as the translation of Chrome and Edge leaves one. */
const isStandIn = (node: Node | null | undefined): node is Element => node?.nodeName === 'FONT';

/**
 * A browser that translates the page takes texts out and puts elements in their places. Preact goes on with the texts that it
 * knows: what changes would not be seen, what goes would stay, and what comes before one of them could not be inserted. So a
 * text takes its place back before anything is done to it; then the browser translates it anew.
 */
export function surviveTranslation(root: Node): void {
  const standIns = new WeakMap<Node, Element>();
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records)
      for (const text of removedNodes) {
        const standIn = [addedNodes[0], previousSibling, nextSibling].find(isStandIn);
        if (text instanceof Text && standIn) standIns.set(text, standIn);
      }
  });
  observer.observe(root, { childList: true, subtree: true });

  const takeBack = (node: Node | null | undefined): void => {
    const standIn = node && standIns.get(node);
    if (!node || !standIn) return;
    standIns.delete(node);
    if (!node.isConnected && standIn.isConnected) standIn.replaceWith(node);
  };

  const data = Object.getOwnPropertyDescriptor(CharacterData.prototype, 'data') as PropertyDescriptor;
  Object.defineProperty(Text.prototype, 'data', {
    ...data,
    set(this: Text, value: string) {
      takeBack(this);
      data.set?.call(this, value);
    },
  });
  const { insertBefore } = Node.prototype;
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    takeBack(node);
    takeBack(before);
    return insertBefore.call(this, node, before) as T;
  };
  const { unmount } = options;
  options.unmount = (vnode) => {
    // The DOM node of a virtual one, by the name that it has in Preact's builds.
    takeBack((vnode as unknown as { __e?: Node | null }).__e);
    unmount?.(vnode);
  };
}
