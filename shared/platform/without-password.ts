export const mask = '********';

/** `mongodb://user:password@host` as `mongodb://user:********@host`, and no passwords among the parameters either. */
export function withoutPassword(url: string): string {
  return (
    url
      // Up to the last @: a password that is not percent-encoded may have some of its own.
      .replace(/^([a-z+]+:\/\/[^:/@]*):.*@/i, `$1:${mask}@`)
      .replaceAll(/([?&][^=&]*(?:password|secret|token)[^=&]*=)[^&]*/gi, `$1${mask}`)
  );
}
