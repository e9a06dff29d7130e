/** IPv4 within IPv6, as a socket for both has it; and the port that some proxies add in X-Forwarded-For. */
const wrapped = /^(?:\[(?<ipv6>.*)\](?::\d+)?|(?:::ffff:)?(?<ipv4>\d+\.\d+\.\d+\.\d+)(?::\d+)?)$/i;

/** One house has 2^64 IPv6 addresses, so they count as one: the first four groups. IPv4 stays as it is. */
export function networkOf(given: string): string {
  const { ipv4, ipv6 } = wrapped.exec(given)?.groups ?? {};
  if (ipv4) return ipv4;
  if (ipv6) return networkOf(ipv6);
  if (!given.includes(':') || given.includes('.')) return given;
  const [head = '', tail = ''] = given.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: given.includes('::') ? 8 - before.length - after.length : 0 }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
