/** Loaded into jest's main process: on SIGUSR2 it says what keeps it from ending. */
process.on('SIGUSR2', () => {
  console.error(`Open: ${process.getActiveResourcesInfo().join(', ')}`);
  for (const handle of process._getActiveHandles()) {
    const what = handle.spawnargs?.join(' ') ?? (handle.remotePort ? `to port ${handle.remotePort}` : '');
    console.error(`  ${handle.constructor.name} ${what}`);
  }
});
