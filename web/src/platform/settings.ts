/** What the server tells its pages in their HTML. */
interface Settings {
  /** Most seats in one hold. */
  maxSeats: number;
  holdSeconds: number;
  /** Most points in one charge. */
  maxPoints: number;
  /** Whether a name is enough to sign in; elsewhere people come from an identity provider. */
  signIn: boolean;
}

function read(): Settings {
  const told = document.querySelector<HTMLMetaElement>('meta[name="frontrow-settings"]')?.content;
  return JSON.parse(told ?? '{}') as Settings;
}

export const settings = read();
