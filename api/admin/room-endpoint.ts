import { content } from '../http/content';
import { pathId } from '../http/schemas';
import { roomExample, roomSettings } from './admin-concert';

export const roomPath = '/v1/admin/concerts/{concertId}/waiting-room';
export const settingsNow = {
  200: { description: 'The settings now.', content: content(roomSettings, { room: roomExample }) },
};
/** What all endpoints of a waiting room have in common. */
export const roomEndpoint = {
  tag: 'Admin',
  auth: 'admin',
  params: pathId('concertId', 'concert'),
  errors: ['CONCERT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
} as const;
