import { type ExplainedJob, type FoundReservation, type FoundUser, hasCode, type SeatHistory } from '../../api/api';
import { api } from '../api';
import { may } from '../staff';

/** What an id has led to. */
export type Found =
  | { kind: 'reservation'; reservation: FoundReservation }
  | { kind: 'seat'; history: SeatHistory }
  | { kind: 'request'; jobs: ExplainedJob[] }
  | { kind: 'user'; user: FoundUser }
  | { kind: 'nothing' };

type Kind = Exclude<Found['kind'], 'nothing'>;

/** In which order to look for what an id may be: each look is recorded, so the likeliest comes first. */
function kindsOf(query: string): Kind[] {
  if (!may('admin', 'operator', 'box-office')) return ['reservation'];
  if (query.startsWith('res_')) return ['reservation'];
  if (query.startsWith('user_') || query.includes('@')) return ['user'];
  if (query.startsWith('request_')) return ['request'];
  // Clients make ids of requests of their own.
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(query)) return ['request', 'user'];
  return ['seat', 'request', 'user'];
}

/** Looks for anything by its id. @throws FrontrowError but for what is not there */
export async function search(query: string, signal: AbortSignal): Promise<Found> {
  for (const kind of kindsOf(query)) {
    try {
      return await read(kind, query, signal);
    } catch (error) {
      const isNone = hasCode(
        error,
        'RESERVATION_NOT_FOUND',
        'SEAT_NOT_FOUND',
        'REQUEST_NOT_FOUND',
        'VALIDATION_FAILED',
      );
      if (!isNone) throw error;
    }
  }
  return { kind: 'nothing' };
}

async function read(kind: Kind, query: string, signal: AbortSignal): Promise<Found> {
  switch (kind) {
    case 'reservation': {
      const path = { reservationId: query };
      return { kind, reservation: await api.call('GET /v1/admin/reservations/{reservationId}', { path, signal }) };
    }
    case 'seat': {
      const path = { seatId: query };
      return { kind, history: await api.call('GET /v1/admin/seats/{seatId}/history', { path, signal }) };
    }
    case 'request': {
      const path = { requestId: query };
      const { items } = await api.call('GET /v1/admin/requests/{requestId}', { path, signal });
      return { kind, jobs: items };
    }
    case 'user': {
      const user = await api.call('GET /v1/admin/users/{userId}', { path: { userId: query }, signal });
      const { wallet, holds, reservations, jobs, sessions } = user;
      // Everybody has a view, who was never seen too.
      const isSeen = wallet.entries + holds.length + reservations.length + jobs.length + sessions.length > 0;
      return isSeen ? { kind, user } : { kind: 'nothing' };
    }
  }
}
