/**
 * Ends with one clear sentence on a Node that is too old; `npm start` says on an older one than the base that there is a
 * better one. Uses nothing that an old Node lacks.
 */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Frontrow needs Node 20.19 or newer; this is ${process.version}. Get one from https://nodejs.org.`);
    process.exit(1);
  }
  if (major < 24 && process.env.npm_lifecycle_event === 'start')
    console.log(`Node ${process.version} works; Frontrow is built for Node 24 (https://nodejs.org).`);
}
