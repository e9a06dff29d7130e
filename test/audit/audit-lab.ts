import type { CommandKind, PayloadOf } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { type CollectionName, type Documents, native } from '../../shared/models';
import { type AuditOptions, type AuditResult, runAudit } from '../../workers/audit/run-audit';
import { modelConfig } from '../model/config';
import { noFault } from '../model/faults/fault';
import { concertId, sections } from '../model/hall';
import { openMongoLab } from '../model/mongo/system';
import { collections, type Data, type System } from '../model/system';

/** Long enough for the live hold to be live throughout. */
const holdMs = 300_000;

/** A database that real commands have filled, to break and to audit. */
export interface AuditLab {
  context: Context;
  system: System;
  /** As the commands left it. */
  data: Data;
  /** Accepts a command and carries it out. */
  command<K extends CommandKind>(kind: K, userId: string, payload: PayloadOf<K>): Promise<CommandDoc>;
  audit(options?: AuditOptions): Promise<AuditResult>;
  /** Puts everything back as the commands left it, indexes too. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function openAuditLab(): Promise<AuditLab> {
  const lab = await openMongoLab({ ...modelConfig(), HOLD_SECONDS: holdMs / 1000, OFFER_SECONDS: holdMs / 1000 });
  const { context } = lab;
  const { models, connection, clock } = context;
  const system = await lab.system(noFault);
  const epochs = new Map<string, number>();
  for (const lane of system.lanes) epochs.set(lane, await system.take(0, lane));
  let keys = 0;

  async function command<K extends CommandKind>(kind: K, userId: string, payload: PayloadOf<K>): Promise<CommandDoc> {
    keys += 1;
    const request = { kind, userId, payload, key: `key-${keys}` };
    const accepted = await system.accept(request as never, 0);
    await system.run({ worker: 0, epochs, size: 100, mishap: 'none' });
    const found = await native(models, 'commands').findOne({ _id: accepted.command._id });
    if (!found) throw new Error(`${kind} is not there`);
    return found;
  }

  await liveALittle(command, async () => {
    system.advance(holdMs);
    await system.run({ worker: 0, epochs, size: 100, mishap: 'none' });
  });
  await blockALittle(system, () => system.run({ worker: 0, epochs, size: 100, mishap: 'none' }));
  await system.callOff('perf_two', new Date(clock.now()));
  await system.giveBack('perf_two', 10);
  await system.run({ worker: 0, epochs, size: 100, mishap: 'none' });
  await system.giveBack('perf_two', 10);
  await actOf(context, await system.read());
  const data = await system.read();
  return {
    ...{ context, system, data, command },
    audit: (options) => runAudit({ connection, models, offsetMs: clock.offsetMs }, options),
    async restore() {
      await Promise.all(collections.map((name) => replaceAll(context, name, data[name])));
      await Promise.all(collections.map((name) => models[name].createIndexes()));
    },
    close: lab.close,
  };
}

async function replaceAll(context: Context, name: CollectionName, docs: Documents[typeof name][]): Promise<void> {
  await native(context.models, name).deleteMany({});
  await native(context.models, name).insertMany(docs as never);
}

interface Section {
  where: { concertId: string; performanceId: string; section: string };
  seatIds: string[];
}

/** A sale that its buyer takes back in full; the seat is sold again, with another one, of which an operator gives nothing back. */
async function giveUpALittle(command: AuditLab['command'], { where, seatIds }: Section): Promise<void> {
  const { performanceId } = where;
  const buy = async (user: string, wanted: string[]) => {
    const { result: held } = await command('hold.place', user, { ...where, seatIds: wanted });
    const holdId = String(held?.holdId);
    const { result: paid } = await command('payment.pay', user, { holdId });
    return { reservationId: String(paid?.reservationId), holdId, performanceId, reservedSeatIds: wanted };
  };
  await command('points.charge', 'user_bob', { amount: 200 });
  const bobs = await buy('user_bob', seatIds.slice(1, 2));
  await command('reservation.cancel', 'user_bob', bobs);
  await command('reservation.cancel', 'user_bob', bobs);
  const anns = await buy('user_ann', seatIds.slice(1, 2));
  const override = { by: 'user_admin', reason: 'no reason', refund: 'none' } as const;
  await command('reservation.cancel', 'user_ann', { ...anns, override });
}

/** A seat comes back to whoever waits first; another one waits on, and one leaves. */
async function waitALittle(command: AuditLab['command'], { where, seatIds }: Section): Promise<void> {
  const { performanceId, section } = where;
  const { result } = await command('hold.place', 'user_bob', { ...where, seatIds: seatIds.slice(1, 2) });
  await command('standby.join', 'user_ann', { ...where, seats: 1 });
  await command('hold.release', 'user_bob', { holdId: String(result?.holdId), performanceId, section });
  await command('standby.join', 'user_eve', { ...where, seats: 1 });
  const { result: left } = await command('standby.join', 'user_bob', { ...where, seats: 1 });
  await command('standby.leave', 'user_bob', { standbyId: String(left?.standbyId), performanceId, section });
}

/** Every kind of command, done and refused; a hold that is paid, one released, one expired, one live. */
async function liveALittle(command: AuditLab['command'], holdsEnd: () => Promise<void>): Promise<void> {
  const [ann, bob, eve] = ['user_ann', 'user_bob', 'user_eve'] as const;
  const [one, two, three]: Section[] = sections.map(({ performanceId, section, seatIds }) => ({
    where: { concertId, performanceId, section },
    seatIds,
  }));
  if (!one || !two || !three) throw new Error('the hall has three sections');
  const place = async (user: string, { where }: typeof one, seatIds: string[]) => {
    const { result } = await command('hold.place', user, { ...where, seatIds });
    return String(result?.holdId);
  };
  await command('points.charge', ann, { amount: 1000 });
  await command('points.use', ann, { amount: 70 });
  await command('points.charge', bob, { amount: 300 });
  await command('points.use', bob, { amount: 500 });
  const expiring = await place(eve, three, three.seatIds.slice(0, 1));
  await holdsEnd();
  await command('payment.pay', eve, { holdId: expiring });
  const paid = await place(ann, one, one.seatIds.slice(0, 2));
  await command('payment.pay', ann, { holdId: paid });
  const other = await place(bob, two, two.seatIds.slice(0, 1));
  await command('payment.pay', bob, { holdId: other });
  const released = await place(bob, three, three.seatIds.slice(0, 1));
  const { performanceId, section } = three.where;
  await command('hold.release', bob, { holdId: released, performanceId, section });
  const live = await place(eve, one, one.seatIds.slice(2));
  await command('payment.pay', eve, { holdId: live });
  await command('points.charge', ann, { amount: 5 });
  await command('points.charge', eve, { amount: 40, reference: 'Receipt 1', actionId: 'act_1' });
  await command('points.reverse', eve, { amount: 100, topUpId: 'topup_1', whole: false });
  await command('points.charge', eve, { amount: 90 });
  await giveUpALittle(command, two);
  // Free seats are paid with nothing, also by who owes points.
  const free = await place(eve, two, two.seatIds.slice(2));
  await command('payment.pay', eve, { holdId: free });
  await command('reservation.issue', ann, {
    ...{ ...three.where, seatIds: three.seatIds.slice(1), by: 'user_admin', reason: 'Guest', actionId: 'act_gift' },
  });
  await waitALittle(command, two);
}

/** A block of a seat that is free, and of one that is sold, which it leaves alone; and one that was freed. */
async function blockALittle(system: System, run: () => Promise<unknown>): Promise<void> {
  const where = ['perf_two', ['perf_two-A-1', 'perf_two-A-2'], 1] as const;
  const all = async () => {
    await run();
    await run();
  };
  const first = await system.block(...where);
  await all();
  await system.freeBlock(first.blockId, where[1], where[2]);
  await all();
  await system.block(...where);
  await all();
}

/** What is beside the commands: the action of the cashier, and nothing that an audit puts back. */
async function actOf({ models }: Context, { commands }: Data): Promise<void> {
  const { _id: jobId = '' } = commands.find(({ payload }) => (payload as { actionId?: string }).actionId) ?? {};
  const details = { amount: 40, reference: 'Receipt 1', jobId };
  const action = {
    _id: 'act_1',
    adminId: 'cashier',
    action: 'points.charge',
    target: 'user_eve',
    at: new Date(),
    details,
  };
  await native(models, 'adminActions').insertOne(action as never);
}
