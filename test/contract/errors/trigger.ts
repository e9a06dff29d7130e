import type { Route } from '../../../api/http/route';
import type { ProblemCode } from '../../../shared/platform/errors';
import { exampleBody, nameOf, neededQueries, type RouteRequest } from './route-request';
import type { Scenario } from './scenario';

type Trigger = (scenario: Scenario, route: Route) => Partial<RouteRequest>;

/** Where something must be asked for. */
const queries: Record<string, string> = {
  '/v1/points/statement': '?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z',
  '/v1/admin/reports/points': '?day=2026-11-20',
};

/** A request that nothing is wrong with, as far as the scenario knows. */
export function goodRequest(
  { concert, fan, admin, cashier, holdId, reservationId, standbyId, blockId, jobId, topUpId, planId }: Scenario,
  route: Route,
): RouteRequest {
  const { concertId, performanceId, seatIds } = concert;
  return {
    ids: {
      ...{ concertId, performanceId, holdId, reservationId, standbyId, blockId, jobId, topUpId, planId },
      ...{ userId: fan.id, name: 'seat-taken', seatId: seatIds[0] ?? '', requestId: 'nothing', approvalId: 'nothing' },
    },
    ...(typeof route.auth === 'object'
      ? { token: route.auth.includes('admin') ? admin.token : cashier.token }
      : { token: fan.token, queueToken: fan.queueToken }),
    query: queries[route.path] ?? neededQueries[route.path] ?? '',
    ...(route.body && { body: bodyOf(route, seatIds) }),
  };
}

/** About seats that are there. */
function bodyOf(route: Route, seatIds: string[]): unknown {
  if (route.path.endsWith('/holds')) return { seatIds: seatIds.slice(4, 5) };
  if (route.path.endsWith('/blocks')) return { seatIds: seatIds.slice(4, 5), reason: 'Sound desk' };
  if (route.path.endsWith('/complimentary'))
    return { userId: 'user_guest', seatIds: seatIds.slice(4, 5), reason: 'Guest' };
  return exampleBody(route);
}

const unknown = (name: string): Trigger => {
  return (scenario, route) => ({ ids: { ...goodRequest(scenario, route).ids, [name]: 'nothing' } });
};

/** `holdId` of the person where the route is about a hold, else seats of the concert. */
const as = (person: 'waiting' | 'gone', concert: 'full' | 'concert'): Trigger => {
  return (scenario, route) => {
    const { token, queueToken, holdId } = scenario[person];
    const { performanceId, seatIds } = scenario[concert];
    const body = route.body && { seatIds: seatIds.slice(6, 7) };
    return { token, queueToken, ids: { holdId, performanceId }, body };
  };
};

/** What to change about a good request, so that the route answers the code. */
const triggers: Partial<Record<ProblemCode, Trigger>> = {
  VALIDATION_FAILED: () => ({ query: '?unknown=1' }),
  UNAUTHENTICATED: () => ({ token: 'not.a.token' }),
  CASHIER_REQUIRED: ({ admin }) => ({ token: admin.token }),
  FORBIDDEN: ({ fan }) => ({ token: fan.token }),
  PAYLOAD_TOO_LARGE: () => ({ rawBody: JSON.stringify({ filler: 'x'.repeat(17_000) }) }),
  UNSUPPORTED_MEDIA_TYPE: () => ({ rawBody: 'amount=1', headers: { 'Content-Type': 'text/plain' } }),
  IDEMPOTENCY_KEY_REQUIRED: () => ({ key: null }),
  IDEMPOTENCY_KEY_REUSED: ({ usedKey }) => ({ key: usedKey }),
  NOT_FOUND: unknown('name'),
  CONCERT_NOT_FOUND: unknown('concertId'),
  DRAW_NOT_FOUND: () => ({}),
  PERFORMANCE_NOT_FOUND: unknown('performanceId'),
  BLOCK_NOT_FOUND: unknown('blockId'),
  HOLD_NOT_FOUND: unknown('holdId'),
  PAYMENT_NOT_FOUND: unknown('paymentId'),
  TOP_UP_NOT_FOUND: unknown('topUpId'),
  TOP_UP_NOT_REFUNDABLE: () => ({}),
  // No provider is configured here; test/top-ups has one.
  TOP_UPS_CLOSED: () => ({}),
  EVENT_INVALID: () => ({}),
  RESERVATION_NOT_FOUND: unknown('reservationId'),
  STANDBY_NOT_FOUND: unknown('standbyId'),
  JOB_NOT_FOUND: unknown('jobId'),
  REQUEST_NOT_FOUND: unknown('requestId'),
  APPROVAL_NOT_FOUND: unknown('approvalId'),
  JOB_NOT_FAILED: () => ({}),
  PERFORMANCES_NOT_SCHEDULED: ({ undated }) => ({ ids: undated }),
  SEATING_PLAN_INVALID: () => ({ body: { id: 'plan_new', title: 'Hall', seats: [{ section: 'A' }] } }),
  SEATING_PLAN_NOT_FOUND: unknown('planId'),
  SEATING_PLAN_IN_USE: ({ usedPlanId }) => ({ ids: { planId: usedPlanId } }),
  SECTION_NOT_FOUND: () => ({ body: { best: { seats: 1, sections: ['nothing'] } } }),
  NO_SEATS_TOGETHER: () => ({ body: { best: { seats: 1, maxPrice: 1 } } }),
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
  HOLD_IN_PROGRESS: ({ busy: { token, queueToken } }) => ({ token, queueToken }),
  WAITING_ROOM_CLOSED: ({ closed }) => ({ ids: { concertId: closed.concertId } }),
};

const ofEarlierLine: Trigger = ({ restarted, before: { token, queueToken } }) => {
  return { ids: { concertId: restarted.concertId }, token, queueToken };
};

const aSeat = [{ section: 'A', row: '1', number: 1, category: 'R' }];

/** Where a route needs a trigger of its own. */
const special: Record<string, Trigger> = {
  'POST /v1/admin/performances/{performanceId}/blocks SEAT_NOT_FOUND': () => ({
    body: { seatIds: ['nothing'], reason: 'Sound desk' },
  }),
  'POST /v1/admin/performances/{performanceId}/blocks SECTION_NOT_FOUND': () => ({
    body: { rows: [{ section: 'nothing', row: '1' }], reason: 'Sound desk' },
  }),
  'POST /v1/admin/performances/{performanceId}/complimentary SEAT_NOT_FOUND': () => ({
    body: { userId: 'user_guest', seatIds: ['nothing'], reason: 'Guest' },
  }),
  'POST /v1/admin/performances/{performanceId}/complimentary SEATS_IN_SEVERAL_SECTIONS': ({ concert }) => ({
    body: { userId: 'user_guest', seatIds: concert.seatIds.slice(9, 11), reason: 'Guest' },
  }),
  'POST /v1/providers/stripe/events PAYLOAD_TOO_LARGE': () => ({ rawBody: 'x'.repeat(300_000) }),
  'POST /v1/admin/seating-plans PAYLOAD_TOO_LARGE': () => ({ rawBody: 'x'.repeat(17 * 2 ** 20) }),
  'POST /v1/admin/seating-plans ALREADY_EXISTS': ({ planId }) => ({
    body: { id: planId, title: 'Another', seats: aSeat },
  }),
  'POST /v1/admin/seating-plans SEATING_PLAN_NOT_FOUND': () => ({
    body: { id: 'plan_new', title: 'Hall', replaces: 1, seats: aSeat },
  }),
  'POST /v1/admin/concerts/{concertId}/performances SEATING_PLAN_NOT_FOUND': () => ({
    body: { id: 'perf_new', startsAt: '2031-12-24T19:00:00.000Z', seatingPlanId: 'nothing', prices: {} },
  }),
  'GET /v1/admin/seats/{seatId}/history SEAT_NOT_FOUND': unknown('seatId'),
  'POST /v1/sign-in UNAUTHENTICATED': () => ({ body: { name: 'admin', password: 'a guess' } }),
  'GET /v1/concerts/{concertId}/queue-token QUEUE_TOKEN_EXPIRED': ofEarlierLine,
  'DELETE /v1/concerts/{concertId}/queue-token QUEUE_TOKEN_EXPIRED': ofEarlierLine,
  'GET /v1/concerts/{concertId}/queue-token/events QUEUE_TOKEN_EXPIRED': ofEarlierLine,
  'POST /v1/performances/{performanceId}/standby TOO_MANY_SEATS': () => ({ body: { section: 'A', seats: 3 } }),
  'POST /v1/admin/jobs/{jobId}/retry HOLD_IN_PROGRESS': ({ busy }) => ({ ids: { jobId: busy.failedJobId } }),
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
export function requestFor(scenario: Scenario, route: Route, code: ProblemCode): RouteRequest {
  const trigger = special[`${nameOf(route)} ${code}`] ?? triggers[code];
  if (!trigger) throw new Error(`${nameOf(route)} declares ${code}: say in ${__filename} what triggers it`);
  return { ...goodRequest(scenario, route), ...trigger(scenario, route) };
}
