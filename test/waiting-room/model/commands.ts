import type fc from 'fast-check';
import { Problem } from '../../../shared/platform/errors';
import { broken } from './invariants';
import { emptyRoom, endPlace, enter, extend, isLate, move, type Place, placeNow, type Reference } from './reference';
import { forgetPast, inspect, type RoomUnderTest, settle } from './room-under-test';

type Command = fc.AsyncCommand<Reference, RoomUnderTest>;
type Step = (reference: Reference, real: RoomUnderTest) => Promise<unknown>;

function command(name: string, step: Step): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(reference, real) {
      settle(reference, real);
      await step(reference, real);
      settle(reference, real);
      await inspect(reference, real);
    },
  };
}

/** The status of an answer, or the code of a refusal. */
async function outcome(call: Promise<{ status: string } | undefined>): Promise<string> {
  return call.then(
    (state) => state?.status ?? 'passed',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );
}

/** Notes a wrong answer; the room itself is looked at first. */
function expectSame(real: RoomUnderTest, what: string, is: string, should: string): void {
  if (is !== should) real.wrongAnswer ??= broken('answers say what is so', { what, is, should });
}

const isIn = (place: Place | undefined) => place?.status === 'waiting' || place?.status === 'active';

/** What the reference does and answers when somebody takes a place, or comes back to it. */
function takePlace(reference: Reference, user: string): string {
  const place = placeNow(reference, user);
  if (!place || !isIn(place))
    return reference.settings.draining ? 'WAITING_ROOM_CLOSED' : enter(reference, user).status;
  if (place.status === 'active') extend(reference, place);
  else if (reference.now >= place.due)
    Object.assign(place, { due: reference.now + reference.settings.pollMs, free: false });
  return place.status;
}

export const join = (user: string) =>
  command(`join(${user})`, async (reference, real) => {
    const { one, room } = real;
    const should = takePlace(reference, user);
    expectSame(real, 'join', await outcome(one.join(room, user).then(({ state }) => state)), should);
  });

/** The same user from two tabs at once, through two processes. */
export const joinTwice = (user: string) =>
  command(`joinTwice(${user})`, async (reference, real) => {
    const { one, other, room } = real;
    takePlace(reference, user);
    const should = takePlace(reference, user);
    const both = await Promise.all([one, other].map((side) => outcome(side.join(room, user).then((r) => r.state))));
    expectSame(real, 'joinTwice', both.find((state) => state === should) ?? both.join(), should);
  });

function pollReference(reference: Reference, user: string): string {
  const place = placeNow(reference, user);
  if (!place) return reference.settings.draining ? 'QUEUE_TOKEN_NOT_FOUND' : enter(reference, user).status;
  if (place.status === 'active') extend(reference, place);
  if (place.status === 'waiting') {
    const onTime = reference.now >= place.due;
    if (!onTime && !place.free) return 'QUEUE_POLL_TOO_EARLY';
    Object.assign(place, { free: false, due: onTime ? reference.now : place.due });
    if (isLate(reference)) move(reference, true);
    if (onTime && place.status === 'waiting') place.due = reference.now + reference.settings.pollMs;
  }
  return place.status === 'expired' ? 'QUEUE_TOKEN_EXPIRED' : place.status;
}

/** With a token, as somebody who has joined once: also after the place was lost or forgotten. */
export const poll = (user: string) =>
  command(`poll(${user})`, async (reference, real) => {
    const { one, room, tokens } = real;
    const should = pollReference(reference, user);
    expectSame(real, 'poll', await outcome(one.poll(room, user, tokens.get(user))), should);
  });

export const gate = (user: string) =>
  command(`gate(${user})`, async (reference, real) => {
    const { one, room, tokens } = real;
    const known = placeNow(reference, user);
    const place = known ?? (reference.settings.draining ? null : enter(reference, user));
    if (place?.status === 'active') extend(reference, place);
    const refusal = place?.status === 'waiting' ? 'QUEUE_TOKEN_NOT_ACTIVE' : 'QUEUE_TOKEN_EXPIRED';
    const should = place?.status === 'active' ? 'passed' : refusal;
    expectSame(real, 'gate', await outcome(one.gate(room, user, tokens.get(user)).then(() => undefined)), should);
  });

export const leave = (user: string) =>
  command(`leave(${user})`, async (reference, real) => {
    const { one, room } = real;
    const place = placeNow(reference, user);
    if (place && isIn(place)) endPlace(reference, place, 'left');
    expectSame(real, 'leave', await outcome(one.leave(room, user)), place?.status ?? 'QUEUE_TOKEN_NOT_FOUND');
  });

export const finish = (user: string, payment: string) =>
  command(`finish(${user}, ${payment})`, async (reference, { one, room }) => {
    const place = placeNow(reference, user);
    if (place?.status === 'active' && place.paid !== payment) {
      place.paid = payment;
      endPlace(reference, place, 'completed');
    }
    await one.finish(room, user, payment);
  });

/** Time goes by, with the tick running all the while or not at all. */
export const elapse = (seconds: number, ticking: boolean) =>
  command(`elapse(${seconds} s${ticking ? ', ticking' : ''})`, async (reference, real) => {
    for (let left = seconds; left > 0; left -= 10) {
      reference.now += Math.min(left, 10) * 1000;
      reference.opened ||= reference.settings.opensAt <= reference.now;
      if (!ticking) continue;
      move(reference, true);
      settle(reference, real);
      await real.one.admit(real.room);
      await inspect(reference, real, true);
    }
  });

/** Two workers at once. */
export const admitTwice = () =>
  command('admitTwice', async (reference, { one, other, room }) => {
    move(reference, true);
    move(reference, true);
    const results = await Promise.all([one.admit(room), other.admit(room)]);
    const admitted = results.flatMap((result) => result.admitted);
    if (new Set(admitted).size < admitted.length) throw broken('nobody is in twice', { admitted });
  });

export const setLimits = (maxActive: number | null, admitPerMinute: number | null) =>
  command(`setLimits(${maxActive}, ${admitPerMinute})`, async (reference) => {
    Object.assign(reference.settings, { maxActive, admitPerMinute });
  });

export const operate = (change: { paused: boolean } | { draining: boolean }) =>
  command(JSON.stringify(change), async (reference) => Object.assign(reference.settings, change));

export const loseRedis = () =>
  command('loseRedis', async (reference, real) => {
    await real.lab.redis.del(Object.values(real.lab.keys(real.room._id)));
    Object.assign(reference, emptyRoom(reference.now, reference.settings));
    forgetPast(real);
  });
