/** Settings that the server puts into the HTML of its pages. */
interface Settings {
  /** Max. seats in one hold. */
  maxSeats: number;
  /** Max. points in one charge. */
  maxPoints: number;
  /** Whether a name is enough to sign in; elsewhere users come from an identity provider. */
  signIn: boolean;
  /** Who adds points: users themselves, a cashier, or a payment provider. */
  charges: 'open' | 'service' | 'provider';
  /** What may be bought of a payment provider; null: nothing. */
  topUps: { min: number; max: number; pointsPerUnit: number; currency: string } | null;
}

function read(): Settings {
  const content = document.querySelector<HTMLMetaElement>('meta[name="frontrow-settings"]')?.content;
  return JSON.parse(content ?? '{}') as Settings;
}

export const settings = read();
