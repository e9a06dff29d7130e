import { type ClientSession, type Collection, type Document, MongoServerError } from 'mongodb';
import type { Connection, Model, Schema } from 'mongoose';
import { type AdminActionDoc, adminActionSchema } from './admin/admin-action.model';
import { type ApprovalDoc, approvalSchema } from './admin/approval.model';
import { type ScheduleDoc, scheduleSchema } from './audit/schedule.model';
import { type BlockDoc, blockSchema } from './blocks/block.model';
import { type CommandDoc, commandSchema } from './commands/command.model';
import { type CallOffDoc, callOffSchema } from './concerts/call-off.model';
import { type ConcertDoc, concertSchema } from './concerts/concert.model';
import { type PerformanceDoc, performanceSchema } from './concerts/performance.model';
import { type SeatDoc, seatSchema } from './concerts/seat.model';
import { type SeatingPlanDoc, seatingPlanSchema } from './concerts/seating-plan.model';
import { type HoldDoc, holdSchema } from './holds/hold.model';
import { type FenceDoc, fenceSchema, type LaneDoc, laneSchema, type WorkerDoc, workerSchema } from './lanes/lane.model';
import { type PaymentDoc, paymentSchema } from './payments/payment.model';
import { type PointEntryDoc, pointEntrySchema } from './points/point-entry.model';
import { type WalletDoc, walletSchema } from './points/wallet.model';
import { type ReservationDoc, reservationSchema } from './reservations/reservation.model';
import {
  type KeptPlanDoc,
  type KeptPlanSeatsDoc,
  keptPlanSchema,
  keptPlanSeatsSchema,
} from './seating-plans/kept-plan.model';
import {
  type StandbyEntryDoc,
  type StandbyLineDoc,
  standbyEntrySchema,
  standbyLineSchema,
} from './standby/standby.model';
import { type ProviderEventDoc, providerEventSchema } from './top-ups/provider-event.model';
import { type TopUpDoc, topUpSchema } from './top-ups/top-up.model';
import { type AdmissionDoc, admissionSchema } from './waiting-room/admission.model';

/** Every collection and the shape of its documents. */
export interface Documents {
  concerts: ConcertDoc;
  performances: PerformanceDoc;
  seats: SeatDoc;
  seatingPlans: SeatingPlanDoc;
  keptPlans: KeptPlanDoc;
  keptPlanSeats: KeptPlanSeatsDoc;
  holds: HoldDoc;
  wallets: WalletDoc;
  pointEntries: PointEntryDoc;
  payments: PaymentDoc;
  reservations: ReservationDoc;
  standbyEntries: StandbyEntryDoc;
  standbyLines: StandbyLineDoc;
  commands: CommandDoc;
  lanes: LaneDoc;
  fences: FenceDoc;
  workers: WorkerDoc;
  adminActions: AdminActionDoc;
  schedules: ScheduleDoc;
  admissions: AdmissionDoc;
  topUps: TopUpDoc;
  providerEvents: ProviderEventDoc;
  callOffs: CallOffDoc;
  blocks: BlockDoc;
  approvals: ApprovalDoc;
}

export type CollectionName = keyof Documents;
export type Models = { [C in CollectionName]: Model<Documents[C]> };

/** Of models that read by a pool of their own, the connection that all else goes by. */
const ownConnection = new WeakMap<Models, Connection>();

/**
 * Binds the schemas to one connection; opens and creates nothing. Reads through models outside transactions
 * see only what a majority has committed: an outcome that was shown must outlive the primary that showed it.
 * @param reads a connection of their own for reads through models: then no number of slow ones keeps what `native` sends waiting
 */
export function bindModels(connection: Connection, reads = connection): Models {
  const models = modelsOf(reads);
  const all: { schema: Pick<Schema, 'set'> }[] = Object.values(models);
  for (const { schema } of all) schema.set('readConcern', { level: 'majority' });
  if (reads !== connection) ownConnection.set(models, connection);
  return models;
}

function modelsOf(connection: Connection): Models {
  // The options stand here, for all, since naming them in `new Schema` makes the compiler build 50,000 types a schema.
  const bind = (name: string, schema: object, collection: string) => {
    (schema as Schema).set('versionKey', false).set('strict', 'throw').set('minimize', false);
    return connection.model(name, schema as Schema, collection) as never;
  };
  return {
    concerts: bind('Concert', concertSchema, 'concerts'),
    performances: bind('Performance', performanceSchema, 'performances'),
    seats: bind('Seat', seatSchema, 'seats'),
    seatingPlans: bind('SeatingPlan', seatingPlanSchema, 'seatingPlans'),
    keptPlans: bind('KeptPlan', keptPlanSchema, 'keptPlans'),
    keptPlanSeats: bind('KeptPlanSeats', keptPlanSeatsSchema, 'keptPlanSeats'),
    holds: bind('Hold', holdSchema, 'holds'),
    wallets: bind('Wallet', walletSchema, 'wallets'),
    pointEntries: bind('PointEntry', pointEntrySchema, 'pointEntries'),
    payments: bind('Payment', paymentSchema, 'payments'),
    reservations: bind('Reservation', reservationSchema, 'reservations'),
    standbyEntries: bind('StandbyEntry', standbyEntrySchema, 'standbyEntries'),
    standbyLines: bind('StandbyLine', standbyLineSchema, 'standbyLines'),
    commands: bind('Command', commandSchema, 'commands'),
    lanes: bind('Lane', laneSchema, 'lanes'),
    fences: bind('Fence', fenceSchema, 'fences'),
    workers: bind('Worker', workerSchema, 'workers'),
    adminActions: bind('AdminAction', adminActionSchema, 'adminActions'),
    admissions: bind('Admission', admissionSchema, 'admissions'),
    topUps: bind('TopUp', topUpSchema, 'topUps'),
    providerEvents: bind('ProviderEvent', providerEventSchema, 'providerEvents'),
    approvals: bind('Approval', approvalSchema, 'approvals'),
    callOffs: bind('CallOff', callOffSchema, 'callOffs'),
    blocks: bind('Block', blockSchema, 'blocks'),
    schedules: connection.model<ScheduleDoc>('Schedule', scheduleSchema, 'schedules'),
  };
}

/** The driver's own collection behind a model: no casting, no hydration, for the command path. */
export function native<C extends CollectionName>(models: Models, name: C): Collection<Documents[C]> {
  const connection = ownConnection.get(models);
  const collection = connection ? connection.collection(name) : models[name].collection;
  return collection as unknown as Collection<Documents[C]>;
}

/**
 * Sends one statement of a transaction as it is. The driver's helpers cost a process as much again as the round trip, which
 * is most of what a batch costs.
 * @throws MongoServerError when any part of it failed
 */
export async function runStatement(
  models: Models,
  name: CollectionName,
  statement: Document,
  session: ClientSession,
): Promise<Document> {
  const reply = await models[name].db.db?.command(statement, { session });
  const [error] = reply?.writeErrors ?? [];
  if (error) throw new MongoServerError({ ...error, message: error.errmsg });
  return reply ?? {};
}
