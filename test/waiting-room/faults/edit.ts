/** Replaces one piece of a script. @throws when it is not there exactly once: the fault would not be planted */
export function edit(source: string, piece: string, fault: string): string {
  const parts = source.split(piece);
  if (parts.length !== 2) throw new Error(`${parts.length - 1} times in the script: ${piece}`);
  return parts.join(fault);
}
