import { SignJWT } from 'jose';
import { runSecret } from '../../stack/settings';

/** Somebody who buys: what their requests carry. */
export interface Person {
  userId: string;
  token: string;
  concertId: string;
  /** Null until they have joined the line. */
  queueToken: string | null;
}

const key = new TextEncoder().encode(runSecret);

/** An identity provider would sign this. */
export async function createPerson(userId: string, concertId: string): Promise<Person> {
  const jwt = new SignJWT().setProtectedHeader({ alg: 'HS256' }).setSubject(userId).setExpirationTime('12h');
  return { userId, token: await jwt.sign(key), concertId, queueToken: null };
}

export function headersOf({ token, queueToken }: Person): Record<string, string> {
  return { Authorization: `Bearer ${token}`, ...(queueToken && { 'Queue-Token': queueToken }) };
}
