/**
 * Whether a name is one of the IANA time zone database, written as it is there: other programs, which are given it,
 * tell capital letters from small ones.
 */
export function isTimeZone(name: string): boolean {
  // Newer versions of Node.js take offsets such as +09:00 as well, which know no summer time.
  if (!/^[A-Z]/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // Another name for the same zone is answered by that one.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
