/** Ends with one clear sentence on a Node that is too old. Uses nothing that an old Node lacks. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Frontrow needs Node 20.19 or newer; this is ${process.version}. Get one from https://nodejs.org.`);
  process.exit(1);
}
