import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import type { User } from '../http/user';
import { approval, askSecondPerson, presentApproval, waitingApproval } from './approvals';
import { changeConcert } from './change-concert';
import type { Confirmed } from './confirmed';
import { roomEndpoint, roomPath, settingsNow } from './room-settings';

const reset = z
  .strictObject({
    epoch: z.int().min(1).meta({ description: 'The epoch to end, so that a repeat resets nothing twice', example: 1 }),
  })
  .meta({ id: 'RoomReset' });

export const resetRoom = route({
  ...roomEndpoint,
  method: 'post',
  path: `${roomPath}/reset`,
  summary: 'Reset the queue',
  description:
    'Ends the epoch that you name: every visitor, waiting or active, must join again, and old queue tokens are invalid. ' +
    'An epoch that has ended already is left at that. Where `TWO_PEOPLE` is set, a second person must confirm it.',
  body: content(reset, { first: { epoch: 1 } }),
  responses: {
    ...settingsNow,
    202: {
      description: 'Where `TWO_PEOPLE` is set: it waits for a second person, at `/v1/admin/approvals`.',
      content: content(approval, { waiting: waitingApproval }),
    },
  },
  async handler({ params: { concertId }, body: { epoch }, user }, context: ApiContext) {
    if (context.config.TWO_PEOPLE && (await isToBeReset(context, concertId, epoch))) {
      const asked = { action: 'waiting-room.reset', target: concertId, request: { epoch } } as const;
      return { status: 202, body: presentApproval(await askSecondPerson(context, user, asked), context.clock.now()) };
    }
    return { status: 200, body: (await resetNow(context, user, concertId, epoch)).room };
  },
});

/** @throws Problem CONCERT_NOT_FOUND, VALIDATION_FAILED */
export function resetNow(context: ApiContext, user: User, concertId: string, epoch: number, confirmed?: Confirmed) {
  const reset = ({ room: now }: ConcertDoc) => ({ room: { epoch: Math.max(known(now.epoch, epoch), epoch + 1) } });
  return changeConcert(context, user, 'waiting-room.reset', concertId, reset, confirmed);
}

/** @throws Problem CONCERT_NOT_FOUND, VALIDATION_FAILED */
async function isToBeReset({ models }: ApiContext, concertId: string, epoch: number): Promise<boolean> {
  const concert = await models.concerts.findById(concertId).lean<ConcertDoc>();
  if (!concert) throw new Problem('CONCERT_NOT_FOUND');
  return known(concert.room.epoch, epoch) === epoch;
}

/** The epoch now. @throws Problem VALIDATION_FAILED when it never came to the one that is named */
function known(now: number, named: number): number {
  if (named > now) throw invalid([{ path: 'body.epoch', message: `The epoch is ${now}` }]);
  return now;
}
