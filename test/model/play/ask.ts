import type { CommandKind, PayloadOf } from '../../../shared/commands/catalogue';
import type { CommandRequest } from '../../../shared/commands/new-command';
import { Problem } from '../../../shared/platform/errors';
import { derivedId } from '../../../shared/platform/ids';
import { concertId, seats, sections, users } from '../hall';
import { exclusionOf } from '../standby';
import { Mismatch, type ModelRequest } from '../state';
import type { Asked } from '../steps';
import { demand, type Game } from './game';

type Request = CommandRequest<CommandKind>;

/** A client asks for something new; whoever has no hold to pay or release yet asks for one. */
export async function ask(game: Game, user: number, asked: Asked, skewMs: number): Promise<void> {
  if ('hold' in asked && game.holds.size === 0 && !asked.anybody)
    return ask(game, user, { kind: 'hold.place', section: asked.hold, seats: [0], stray: false }, skewMs);
  // Whoever has nothing to give back pays for something.
  if (asked.kind === 'reservation.cancel' && !asked.anybody && pickPaid(game, asked.hold) === neverReserved)
    return ask(game, user, { kind: 'payment.pay', hold: asked.hold, anybody: false, charged: true }, skewMs);
  if (asked.kind === 'standby.join' && asked.full) await fill(game, user + 1, asked.section, skewMs);
  const userId = whoAsks(game, user, asked);
  if ('charged' in asked && asked.charged) await send(game, userId, { kind: 'points.charge', amount: 400 }, skewMs);
  await send(game, userId, asked, skewMs);
}

/** Holds what is free in a section. */
async function fill(game: Game, user: number, section: number, skewMs: number): Promise<void> {
  const { seatIds } = sections[section % sections.length] ?? firstSection;
  const free = seatIds.flatMap((id, i) => (game.model.seats[id]?.status === 'available' ? i : []));
  const userId = users[user % users.length] ?? '';
  if (free.length > 0) await send(game, userId, { kind: 'hold.place', section, seats: free, stray: false }, skewMs);
}

async function send(game: Game, userId: string, asked: Asked, skewMs: number): Promise<void> {
  const before = game.sent.filter(({ request }) => request.userId === userId);
  // Keys are the client's own: two clients may well use the same.
  const key = `key-${before.length + 1}`;
  const request = { ...toRequest(game, asked), userId, key } as Request;
  const accepted = await game.system.accept(request, skewMs).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'HOLD_IN_PROGRESS') return null;
    throw error;
  });
  const excluded = holdInProgress(game, userId, request);
  demand(
    excluded === (accepted === null),
    () => `${key} of ${userId}: ${excluded ? 'accepted beside' : 'refused for'} a hold in progress`,
  );
  if (!accepted) return;
  const { command, replayed } = accepted;
  demand(!replayed, () => `${key} of ${userId} is new, but was answered as a repeat`);
  demand(!(command._id in game.model.commands), () => `${command._id} was given twice`);
  game.sent.push({ request, id: command._id });
  game.jobs.push(command.lane);
  game.laneOf.set(command._id, command.lane);
  game.model.commands[command._id] = {
    ...{ userId, request: toModel(game, request), status: 'accepted', acceptedAt: command.acceptedAt.getTime() },
  };
}

/** Whether a hold, a wish or an offer of the user's at that performance is unfinished: then there is no second one beside it. */
function holdInProgress({ model, ...game }: Game, userId: string, asked: Request): boolean {
  const wanted = exclusionOf(model, { userId, request: toModel({ model, ...game }, asked) });
  if (wanted === null) return false;
  return Object.values(model.commands).some(
    (command) => command.status === 'accepted' && exclusionOf(model, command) === wanted,
  );
}

/** The same key again: the same command with the same body, a mistake with another. */
export async function repeat(game: Game, which: number, changed: boolean): Promise<void> {
  const sent = game.sent[which % Math.max(1, game.sent.length)];
  if (!sent) return;
  const other = { kind: 'points.charge', payload: { amount: 777_777 } } as const;
  const request = changed ? ({ ...sent.request, ...other } as Request) : sent.request;
  const answer = await game.system.accept(request, 0).catch((error: unknown) => {
    if (error instanceof Problem) return error.code;
    throw error;
  });
  if (changed)
    return demand(answer === 'IDEMPOTENCY_KEY_REUSED', () => `${sent.id} with another body: ${JSON.stringify(answer)}`);
  if (typeof answer === 'string') throw new Mismatch(`${sent.id} repeated: ${answer}`);
  demand(answer.replayed && answer.command._id === sent.id, () => `${sent.id} repeated became ${answer.command._id}`);
}

function whoAsks(game: Game, user: number, asked: Asked): string {
  if (asked.kind === 'standby.leave' && !asked.anybody)
    return pickEntry(game, asked.entry)[1]?.userId ?? users[user % users.length] ?? '';
  const holdId =
    asked.kind === 'reservation.cancel'
      ? pickPaid(game, asked.hold)
      : 'hold' in asked
        ? pickHold(game, asked.hold)
        : '';
  const hold = 'hold' in asked && !asked.anybody ? game.holds.get(holdId) : undefined;
  return game.model.holds[hold ?? '']?.userId ?? users[user % users.length] ?? '';
}

function toRequest(game: Game, asked: Asked): Pick<Request, 'kind' | 'payload'> {
  switch (asked.kind) {
    case 'points.charge':
    case 'points.use':
      return { kind: asked.kind, payload: { amount: asked.amount } };
    case 'points.reverse':
      return { kind: asked.kind, payload: { amount: asked.amount, whole: asked.whole, topUpId: 'topup_any' } };
    case 'hold.place':
    case 'reservation.issue': {
      const { performanceId, section, seatIds } = sections[asked.section % sections.length] ?? firstSection;
      const chosen = asked.seats.map((seat) => seatIds[seat % seatIds.length] ?? '');
      const stray = seats.find((seat) => seat.performanceId !== performanceId)?._id ?? '';
      const all = [...new Set([...chosen, ...(asked.stray ? [stray] : [])])];
      const where = { concertId, performanceId, section, seatIds: all };
      if (asked.kind === 'hold.place') return { kind: asked.kind, payload: where };
      const given = { by: 'admin', reason: 'why not', actionId: `act_${game.sent.length}` };
      return { kind: asked.kind, payload: { ...where, ...given } };
    }
    case 'standby.join': {
      const { performanceId, section } = sections[asked.section % sections.length] ?? firstSection;
      const { seats: wished, maxPrice } = asked;
      return {
        kind: asked.kind,
        payload: { concertId, performanceId, section, seats: wished, ...(maxPrice !== null && { maxPrice }) },
      };
    }
    case 'standby.leave': {
      const [id = 'job_never', entry] = pickEntry(game, asked.entry);
      const [performanceId = 'perf_one', section = 'A'] = entry?.line.split('/') ?? [];
      return { kind: asked.kind, payload: { standbyId: derivedId('standby', id), performanceId, section } };
    }
    case 'hold.release':
      return { kind: asked.kind, payload: { ...whereIs(game, asked.hold), holdId: pickHold(game, asked.hold) } };
    case 'payment.pay':
      return { kind: asked.kind, payload: { holdId: pickHold(game, asked.hold) } };
    case 'reservation.cancel':
      return toCancel(game, asked);
  }
}

/** What somebody asks for who has no reservation yet. */
const neverReserved = 'res_never';

/** As the API and the operators' endpoint make it of what is stored. */
function toCancel(game: Game, asked: Asked & { kind: 'reservation.cancel' }): Pick<Request, 'kind' | 'payload'> {
  const holdId = pickPaid(game, asked.hold);
  const hold = game.model.holds[game.holds.get(holdId) ?? ''];
  const reservedSeatIds = hold?.seatIds ?? [seats[0]?._id ?? ''];
  const chosen = asked.seats.map((seat) => reservedSeatIds[seat % reservedSeatIds.length] ?? '');
  const stray = seats.find(({ _id }) => !reservedSeatIds.includes(_id))?._id ?? '';
  const seatIds = [...new Set([...chosen, ...(asked.stray ? [stray] : [])])];
  const payload = {
    reservationId: hold?.paidBy ? derivedId('res', hold.paidBy) : neverReserved,
    ...(seatIds.length > 0 && { seatIds }),
    ...{ performanceId: game.model.seats[reservedSeatIds[0] ?? '']?.performanceId ?? '', holdId, reservedSeatIds },
    ...(asked.stated !== null && { override: { by: 'admin', reason: 'why not', refund: asked.stated } }),
  };
  return { kind: asked.kind, payload };
}

const firstSection = sections[0] ?? { performanceId: '', section: '', seatIds: [] };

/** The newest hold for 0, the one before for 1 …; one that never was, too. */
export function pickHold({ holds }: Game, which: number): string {
  const known = [...holds.keys(), 'hold_never'].reverse();
  return known[(which + 1) % known.length] ?? '';
}

/** The same of holds that are paid. */
function pickPaid({ holds, model }: Game, which: number): string {
  const paid = [...holds.keys()].filter((id) => model.holds[holds.get(id) ?? '']?.paidBy).reverse();
  return paid[which % Math.max(1, paid.length)] ?? neverReserved;
}
const pickEntry = ({ model }: Game, which: number) => {
  const entries = Object.entries(model.standby);
  return entries[which % Math.max(1, entries.length)] ?? [];
};

function whereIs(game: Game, which: number): { performanceId: string; section: string } {
  const hold = game.model.holds[game.holds.get(pickHold(game, which)) ?? ''];
  const { performanceId, section } =
    sections.find(({ seatIds }) => seatIds.some((seatId) => hold?.seatIds.includes(seatId))) ?? firstSection;
  return { performanceId, section };
}

function toModel({ holds }: Game, { kind, payload }: Request): ModelRequest {
  const {
    amount = 0,
    whole = false,
    performanceId = '',
    seatIds = [],
    holdId = '',
    override,
    reservationId,
  } = payload as {
    amount?: number;
    whole?: boolean;
    performanceId?: string;
    seatIds?: string[];
    holdId?: string;
    override?: { refund: 'full' | 'none' | number };
    reservationId?: string;
  };
  if (kind === 'points.charge' || kind === 'points.use') return { kind, amount };
  if (kind === 'points.reverse') return { kind, amount, whole };
  if (kind === 'hold.place' || kind === 'reservation.issue') return { kind, performanceId, seatIds };
  if (kind === 'seat.block' || kind === 'seat.unblock') throw new Error('no client asks for that');
  if (kind === 'standby.join') {
    const { section, seats: wished, maxPrice = null } = payload as PayloadOf<'standby.join'>;
    return { kind, performanceId, section, seats: wished, maxPrice };
  }
  if (kind === 'standby.close') return { kind, ...(payload as PayloadOf<'standby.close'>) };
  if (kind === 'standby.leave' || kind === 'standby.offer') {
    const { standbyId } = payload as PayloadOf<'standby.leave'>;
    return { kind, entry: derivedId('job', standbyId) };
  }
  if (kind === 'reservation.cancel') {
    const some = seatIds.length > 0 ? seatIds : null;
    const hold = reservationId === neverReserved ? null : (holds.get(holdId) ?? null);
    return { kind, hold, seatIds: some, stated: override?.refund ?? null };
  }
  return { kind, hold: holds.get(holdId) ?? null };
}
