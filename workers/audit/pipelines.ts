import { type Audited, fields, prefixes } from './documents';

type Pipeline = readonly object[];

/** Documents of a collection, as far as checks look at them, in the order of an index. */
export function sortedBy(order: Record<string, 1>, name: Audited, filter: object = {}): Pipeline {
  const projection = Object.fromEntries(fields[name].map((field) => [field, 1]));
  return [{ $match: filter }, { $sort: order }, { $project: projection }];
}

/** Those whose ids begin with `prefix_`, by id: '`' is what comes after '_'. */
export function withPrefix(prefix: string, name: Audited): Pipeline {
  return sortedBy({ _id: 1 }, name, { _id: { $gte: `${prefix}_`, $lt: `${prefix}\`` } });
}

/** Ids that begin with none of the collection's prefixes, as ranges of the index between them. */
export function withoutPrefix(name: keyof typeof prefixes): Pipeline {
  const starts = ['', ...prefixes[name].map((prefix) => `${prefix}\``)];
  const ends = prefixes[name].map((prefix) => `${prefix}_`);
  const ranges = starts.map(($gte, index) => ({ _id: { $gte, ...(ends[index] && { $lt: ends[index] }) } }));
  return [{ $match: { $or: ranges } }, { $project: { _id: 1 } }];
}

// These are sorted by the server, on disk if need be: no index gives the order.

const notCancelled = { $not: { $in: ['$$this', { $ifNull: ['$cancelledSeatIds', []] }] } };

export const claimsOfHolds: Pipeline = [
  { $match: { status: { $in: ['held', 'paid'] } } },
  { $set: { seatId: { $filter: { input: '$seatIds', cond: notCancelled } } } },
  { $project: { _id: 0, seatId: 1, claimant: '$_id', holdId: '$_id', status: 1 } },
  { $unwind: '$seatId' },
  { $sort: { seatId: 1 } },
];

const stillOwned = { $map: { input: '$seatIds', in: { id: '$$this', until: null } } };
const ownedOnce = {
  $map: { input: { $ifNull: ['$cancelled', []] }, in: { id: '$$this.seatId', until: '$$this.at' } },
};

export const ownerships: Pipeline = [
  { $project: { holdId: 1, reservedAt: 1, seat: { $concatArrays: [stillOwned, ownedOnce] } } },
  { $unwind: '$seat' },
  {
    $project: {
      ...{ _id: 0, seatId: '$seat.id', claimant: '$_id', holdId: 1, status: { $literal: 'reserved' } },
      ...{ from: '$reservedAt', until: '$seat.until' },
    },
  },
  { $sort: { seatId: 1 } },
];

/** In the order of the index of those: seats that are not blocked are not in it. */
export const blocksOfSeats: Pipeline = [
  { $match: { blockId: { $type: 'string' } } },
  {
    $group: {
      ...{ _id: '$blockId', seats: { $sum: 1 }, performanceIds: { $addToSet: '$performanceId' } },
      sections: { $addToSet: '$section' },
    },
  },
  { $lookup: { from: 'blocks', localField: '_id', foreignField: '_id', as: 'block' } },
];

export const givenAway: Pipeline = [
  { $match: { complimentary: { $exists: true } } },
  { $lookup: { from: 'adminActions', localField: 'complimentary.actionId', foreignField: '_id', as: 'action' } },
];

const withCancelled = { $match: { 'cancelled.0': { $exists: true } } };

export const cancelledByCommand: Pipeline = [
  withCancelled,
  { $unwind: '$cancelled' },
  { $replaceWith: { $mergeObjects: ['$cancelled', { reservationId: '$_id' }] } },
  { $sort: { commandId: 1 } },
];

/** The prices are those of the seats themselves: nothing that cancelling has written. */
export const salesByPayment: Pipeline = [
  withCancelled,
  { $match: { paymentId: { $type: 'string' } } },
  { $lookup: { from: 'seats', localField: 'seatIds', foreignField: '_id', as: 'owned' } },
  { $project: { userId: 1, paymentId: 1, amount: 1, cancelled: 1, ownedPrice: { $sum: '$owned.price' } } },
  { $sort: { paymentId: 1 } },
];

const lookup = (from: string, localField: string, as: string) => ({
  $lookup: { from, localField, foreignField: '_id', as },
});
const done = (kind: string) => ({ _id: { $gte: 'job_', $lt: 'job`' }, kind, status: 'done' });

/** Few charges name a source, or are taken back: those alone are looked up. */
export const moneyOf: Record<'sources' | 'chargedTopUps' | 'takenBack', Pipeline> = {
  sources: [
    {
      $match: {
        ...done('points.charge'),
        $or: [{ 'payload.topUpId': { $exists: true } }, { 'payload.actionId': { $exists: true } }],
      },
    },
    { $project: { userId: 1, payload: 1 } },
    lookup('topUps', 'payload.topUpId', 'topUp'),
    lookup('adminActions', 'payload.actionId', 'action'),
  ],
  chargedTopUps: [
    { $match: { chargeId: { $ne: null } } },
    { $project: { chargeId: 1 } },
    lookup('commands', 'chargeId', 'charge'),
  ],
  takenBack: [
    { $match: done('points.reverse') },
    { $group: { _id: '$userId', demanded: { $sum: '$payload.amount' } } },
    {
      $unionWith: {
        coll: 'wallets',
        pipeline: [{ $match: { debt: { $gt: 0 } } }, { $project: { demanded: { $literal: 0 } } }],
      },
    },
    { $group: { _id: '$_id', demanded: { $sum: '$demanded' } } },
    lookup('wallets', '_id', 'wallet'),
    {
      $lookup: {
        from: 'pointEntries',
        let: { user: '$_id' },
        pipeline: [
          { $match: { $expr: { $eq: ['$userId', '$$user'] }, kind: 'reversal' } },
          { $group: { _id: null, taken: { $sum: '$amount' } } },
        ],
        as: 'entries',
      },
    },
    { $project: { demanded: 1, taken: { $sum: '$entries.taken' }, debt: { $sum: '$wallet.debt' } } },
  ],
};
const lineOfEntry = { $concat: ['$performanceId', '/', '$section'] };

/** The prices are those of the seats themselves, as for sales. */
export const entriesByLine: Pipeline = [
  { $sort: { performanceId: 1, section: 1, number: 1 } },
  { $lookup: { from: 'holds', localField: 'holdId', foreignField: '_id', as: 'hold' } },
  { $set: { hold: { $first: '$hold' }, line: lineOfEntry } },
  { $lookup: { from: 'seats', localField: 'hold.seatIds', foreignField: '_id', as: 'offered' } },
  {
    $project: {
      ...Object.fromEntries(fields.standbyEntries.map((field) => [field, 1])),
      ...{ line: 1, dearest: { $max: '$offered.price' } },
    },
  },
];

export const freeOfLines: Pipeline = [
  { $match: { waiting: { $gt: 0 } } },
  {
    $lookup: {
      ...{ from: 'seats', let: { p: '$performanceId', s: '$section' }, as: 'free' },
      pipeline: [
        {
          $match: {
            $expr: {
              $and: [
                { $eq: ['$performanceId', '$$p'] },
                { $eq: ['$status', 'available'] },
                { $eq: ['$section', '$$s'] },
              ],
            },
          },
        },
        { $project: { price: 1 } },
      ],
    },
  },
  { $unwind: '$free' },
  { $project: { _id: 0, line: '$_id', price: '$free.price' } },
];
