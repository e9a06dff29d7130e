import type { Route } from '../../../api/http/route';
import type { ProblemCode } from '../../../shared/platform/errors';
import type { Scene } from './scene';
import { exampleBody, nameOf, type Shot } from './shot';

type Provoke = (scene: Scene, route: Route) => Partial<Shot>;

/** A request that nothing is wrong with, as far as the scene can tell. */
export function goodShot({ concert, fan, admin, holdId, jobId }: Scene, route: Route): Shot {
  const { concertId, performanceId, seatIds } = concert;
  return {
    ids: { concertId, performanceId, holdId, jobId, name: 'seat-taken' },
    ...(route.auth === 'admin' ? { token: admin.token } : { token: fan.token, queueToken: fan.queueToken }),
    ...(route.body && { body: route.path.endsWith('/holds') ? { seatIds: seatIds.slice(4, 5) } : exampleBody(route) }),
  };
}

const unknown = (name: string): Provoke => {
  return (scene, route) => ({ ids: { ...goodShot(scene, route).ids, [name]: 'nothing' } });
};

/** `holdId` of the person where the route is about a hold, else seats of the concert. */
const as = (person: 'waiting' | 'gone', concert: 'full' | 'concert'): Provoke => {
  return (scene, route) => {
    const { token, queueToken, holdId } = scene[person];
    const { performanceId, seatIds } = scene[concert];
    const body = route.body && { seatIds: seatIds.slice(6, 7) };
    return { token, queueToken, ids: { holdId, performanceId }, body };
  };
};

/** What to change about a good request, so that the route answers the code. */
const provocations: Partial<Record<ProblemCode, Provoke>> = {
  VALIDATION_FAILED: () => ({ query: '?unknown=1' }),
  UNAUTHENTICATED: () => ({ token: 'not.a.token' }),
  FORBIDDEN: ({ fan }) => ({ token: fan.token }),
  PAYLOAD_TOO_LARGE: () => ({ rawBody: JSON.stringify({ filler: 'x'.repeat(17_000) }) }),
  UNSUPPORTED_MEDIA_TYPE: () => ({ rawBody: 'amount=1', headers: { 'Content-Type': 'text/plain' } }),
  IDEMPOTENCY_KEY_REQUIRED: () => ({ key: null }),
  IDEMPOTENCY_KEY_REUSED: ({ usedKey }) => ({ key: usedKey }),
  NOT_FOUND: unknown('name'),
  CONCERT_NOT_FOUND: unknown('concertId'),
  DRAW_NOT_FOUND: () => ({}),
  PERFORMANCE_NOT_FOUND: unknown('performanceId'),
  HOLD_NOT_FOUND: unknown('holdId'),
  PAYMENT_NOT_FOUND: unknown('paymentId'),
  RESERVATION_NOT_FOUND: unknown('reservationId'),
  JOB_NOT_FOUND: unknown('jobId'),
  JOB_NOT_FAILED: () => ({}),
  PERFORMANCES_NOT_SCHEDULED: ({ undated }) => ({ ids: undated }),
  SEAT_NOT_FOUND: () => ({ body: { seatIds: ['nothing'] } }),
  TOO_MANY_SEATS: ({ concert }) => ({ body: { seatIds: concert.seatIds.slice(0, 3) } }),
  SEATS_IN_SEVERAL_SECTIONS: ({ concert }) => ({ body: { seatIds: concert.seatIds.slice(9, 11) } }),
  QUEUE_TOKEN_REQUIRED: () => ({ queueToken: undefined }),
  QUEUE_TOKEN_INVALID: () => ({ queueToken: 'forged' }),
  QUEUE_TOKEN_NOT_ACTIVE: as('waiting', 'full'),
  QUEUE_TOKEN_EXPIRED: as('gone', 'concert'),
  QUEUE_TOKEN_NOT_FOUND: ({ full }) => ({ ids: { concertId: full.concertId }, queueToken: undefined }),
  QUEUE_POLL_TOO_EARLY: ({ full, waiting: { token, queueToken } }) => ({
    ids: { concertId: full.concertId },
    token,
    queueToken,
  }),
  WAITING_ROOM_CLOSED: ({ closed }) => ({ ids: { concertId: closed.concertId } }),
};

const ofEarlierLine: Provoke = ({ restarted, before: { token, queueToken } }) => {
  return { ids: { concertId: restarted.concertId }, token, queueToken };
};

/** Where a route needs a provocation of its own. */
const special: Record<string, Provoke> = {
  'POST /v1/sign-in UNAUTHENTICATED': () => ({ body: { name: 'admin', password: 'a guess' } }),
  'GET /v1/concerts/{concertId}/queue-token QUEUE_TOKEN_EXPIRED': ofEarlierLine,
  'DELETE /v1/concerts/{concertId}/queue-token QUEUE_TOKEN_EXPIRED': ofEarlierLine,
  'GET /v1/concerts/{concertId}/queue-token/events QUEUE_TOKEN_EXPIRED': ofEarlierLine,
  'POST /v1/admin/concerts ALREADY_EXISTS': ({ concert }) => ({ body: { id: concert.concertId, title: 'Another' } }),
  'POST /v1/admin/concerts/{concertId}/performances ALREADY_EXISTS': ({ full }) => ({
    body: {
      id: full.performanceId,
      startsAt: '2031-12-24T19:00:00.000Z',
      sections: [{ name: 'A', rows: 1, seatsPerRow: 1, price: 1 }],
    },
  }),
};

/** The request that makes a route answer a code. @throws when nobody has said how */
export function provocation(scene: Scene, route: Route, code: ProblemCode): Shot {
  const provoke = special[`${nameOf(route)} ${code}`] ?? provocations[code];
  if (!provoke) throw new Error(`${nameOf(route)} declares ${code}: say in ${__filename} what provokes it`);
  return { ...goodShot(scene, route), ...provoke(scene, route) };
}
