import type { AdminRoom } from '../../api/api';
import { format } from '../../i18n/format';
import { serverNow } from '../../platform/server-clock';
import { api } from '../api';
import { messages } from '../messages/messages';

/** @throws FrontrowError */
export function readRoom(concertId: string, signal: AbortSignal): Promise<AdminRoom> {
  return api.call('GET /v1/admin/concerts/{concertId}/waiting-room', { path: { concertId }, signal });
}

/** What the door is doing, for a tag. */
export function admissionOf({ settings }: AdminRoom, opensAt: string | null): { tone: 'good' | 'warn'; text: string } {
  const { room } = messages.value;
  if (settings.draining) return { tone: 'warn', text: room.draining };
  if (settings.paused) return { tone: 'warn', text: room.paused };
  if (opensAt && Date.parse(opensAt) > serverNow())
    return { tone: 'warn', text: room.opens(format.value.shortDateTime(opensAt)) };
  return { tone: 'good', text: room.open };
}
