import { z } from 'zod';
import { type CommandDoc, finishedOfUser } from '../../shared/commands/command.model';
import { allLanes } from '../../shared/commands/lane-of';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import type { ApiContext } from '../context';
import { oldestLive } from '../holds/hold';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, points, time, userId } from '../http/schemas';
import {
  foundHold,
  foundHoldExample,
  foundJob,
  foundJobExample,
  foundReservation,
  foundReservationExample,
  presentFoundHold,
  presentFoundJob,
  presentFoundReservation,
} from './found';
import { recordLook } from './look';

/** Of each list: what is older is had from the lists themselves. */
const most = 20;
/** Concerts whose lines are looked at, newest first. */
const mostConcerts = 50;

const session = z
  .strictObject({
    concertId: idOf('concert'),
    title: z.string(),
    status: z.enum(['waiting', 'active', 'completed', 'expired', 'left']),
    position: z.int().min(1).nullable(),
    expiresAt: time.nullable(),
  })
  .meta({ id: 'QueueSession' });

const found = z
  .strictObject({
    userId,
    wallet: z.strictObject({ balance: points, debt: points, entries: z.int().min(0) }),
    holds: z.array(foundHold).meta({ description: 'That are live' }),
    reservations: z.array(foundReservation).meta({ description: `The newest ${most}` }),
    unfinishedJobs: z.array(foundJob).meta({ description: 'That are due and not carried out, oldest first' }),
    jobs: z.array(foundJob).meta({ description: `The ${most} that ended last` }),
    sessions: z.array(session).meta({ description: `In the waiting rooms of the newest ${mostConcerts} concerts` }),
  })
  .meta({ id: 'FoundUser' });

const foundExample = {
  ...{ userId: 'user_5a1f0c3b9d7e2846f0a1', wallet: { balance: 48_500, debt: 0, entries: 2 } },
  ...{
    holds: [foundHoldExample],
    reservations: [foundReservationExample],
    unfinishedJobs: [],
    jobs: [foundJobExample],
  },
  sessions: [
    ...[{ concertId: example.concert, title: 'The Demo Concert', status: 'waiting' as const, position: 42 }].map(
      (one) => ({ ...one, expiresAt: '2026-11-20T19:02:00.000Z' }),
    ),
  ],
};

export const lookUpUser = route({
  method: 'get',
  path: '/v1/admin/users/{userId}',
  tag: 'Admin',
  summary: 'What a user has',
  description:
    'Wallet, live holds, reservations, jobs, and places in line, which the look does not extend. There are no accounts: a user who ' +
    'was never seen has nothing. The look is among the admin actions.',
  auth: ['admin', 'operator', 'box-office'],
  params: z.strictObject({ userId }),
  responses: { 200: { description: 'What there is.', content: content(found, { user: foundExample }) } },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ params: { userId: id }, user }, context: ApiContext) {
    await recordLook(context, user, 'user.look', id);
    const [wallet, holds, reservations, unfinished, jobs, sessions] = await Promise.all([
      context.find.wallets(id),
      liveHolds(context, id),
      context.models.reservations.find({ userId: id }).sort({ _id: -1 }).limit(most).lean<ReservationDoc[]>(),
      unfinishedJobs(context, id),
      lastJobs(context, id),
      sessionsOf(context, id),
    ]);
    const body = {
      ...{ userId: id, wallet: { balance: wallet?.balance ?? 0, debt: wallet?.debt ?? 0, entries: wallet?.seq ?? 0 } },
      ...{ holds: holds.map(presentFoundHold), reservations: reservations.map(presentFoundReservation), sessions },
      ...{ unfinishedJobs: unfinished.map(presentFoundJob), jobs: jobs.map(presentFoundJob) },
    };
    return { status: 200, body };
  },
});

async function liveHolds(context: ApiContext, id: string): Promise<HoldDoc[]> {
  const order = { _id: -1 } as const;
  return context.models.holds
    .find({ userId: id, status: 'held', _id: { $gte: oldestLive(context) } })
    .sort(order)
    .limit(most)
    .hint({ userId: 1, ...order })
    .lean<HoldDoc[]>();
}

/** In any lane: as many are read as are due, which is the backlog. */
async function unfinishedJobs({ models, config, clock }: ApiContext, id: string): Promise<CommandDoc[]> {
  const dueAt = { $lte: new Date(clock.now()) };
  return models.commands
    .find({ status: 'accepted', lane: { $in: allLanes(config) }, dueAt, userId: id })
    .sort({ dueAt: 1, _id: 1 })
    .limit(most)
    .hint({ lane: 1, dueAt: 1, _id: 1 })
    .lean<CommandDoc[]>();
}

async function lastJobs({ models }: ApiContext, id: string): Promise<CommandDoc[]> {
  return models.commands
    .find({ userId: id, key: { $type: 'string' }, finishedAt: { $gt: new Date(0) } })
    .sort({ finishedAt: -1, _id: -1 })
    .limit(most)
    .hint(finishedOfUser)
    .lean<CommandDoc[]>();
}

async function sessionsOf({ models, waitingRoom }: ApiContext, id: string) {
  const concerts = await models.concerts
    .find({})
    .sort({ createdAt: -1, _id: 1 })
    .limit(mostConcerts)
    .lean<ConcertDoc[]>();
  const states = await Promise.all(
    concerts.map(async (concert) => ({ concert, state: await waitingRoom.look(concert, id) })),
  );
  return states.flatMap(({ concert: { _id: concertId, title }, state }) =>
    state ? [{ concertId, title, status: state.status, position: state.position, expiresAt: state.expiresAt }] : [],
  );
}
