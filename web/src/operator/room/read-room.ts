import type { AdminRoom } from '../../api/api';
import { api } from '../api';

/** @throws FrontrowError */
export function readRoom(concertId: string, signal: AbortSignal): Promise<AdminRoom> {
  return api.call('GET /v1/admin/concerts/{concertId}/waiting-room', { path: { concertId }, signal });
}
