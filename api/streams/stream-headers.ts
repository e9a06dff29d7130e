import { z } from 'zod';

/** What a browser's `EventSource` sends by itself when it comes back. */
export const lastEventId = z.object({
  'last-event-id': z.string().optional().meta({ description: '`id` of the last event that you have heard' }),
});
