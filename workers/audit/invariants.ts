/** The invariants, and what each says. */
export const titles = {
  I1: 'a balance is the sum of its entries',
  I2: 'entries are gapless and follow from each other',
  I3: 'no balance is negative',
  I4: 'a reservation has one payment and one entry of its price',
  I5: 'no seat is in two live holds or reservations',
  I6: 'a seat agrees with its hold or reservation',
  I7: 'an accepted command ends in one final state',
  I8: 'no hold is live past its end',
  I9: 'no effect without its command, none twice',
  I10: 'waiting rooms keep their limits',
  I11: 'a charge has one source, and its amount',
  I12: 'what was demanded back was taken or is owed',
  I13: 'what was paid is owned, kept or given back',
  I14: 'no seat was ever owned twice at a time',
  I15: 'a date that was called off is given back',
  I16: 'no seat is free while somebody waits whom it fits',
  I17: 'offers follow the order of the line',
  I18: 'a blocked seat has one live block',
  I19: 'what was given away has an operator, and took no points',
} as const;

export type Invariant = keyof typeof titles;
export const invariants = Object.keys(titles) as Invariant[];

/** A broken invariant, and the documents that show it. */
export interface Violation {
  invariant: Invariant;
  message: string;
  ids: string[];
}

/** The bounds of an audit. */
export interface Rules {
  /** The database's time when reading began. */
  now: Date;
  /** How long past its end a hold may be live (besides waiting for a payment). */
  holdGraceMs: number;
  /** By how much the clock of a new primary may be behind that of the one before it. */
  clockStepMs: number;
  /** How long a command may be due and unfinished. */
  unfinishedMs: number;
  /** Nothing is in flight: no command may be unfinished but the end of a live hold. */
  quiet: boolean;
  /** Commands that ended, and holds that ended unpaid, before that may have been deleted. The books stay. */
  commandsBefore: Date;
  holdsBefore: Date;
}
