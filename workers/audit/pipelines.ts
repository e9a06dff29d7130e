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

const bySeat = [{ $unwind: '$seatId' }, { $sort: { seatId: 1 } }];

/** Sorted by the server, on disk if need be: no index gives the order. */
export const claimsOf: Record<'holds' | 'reservations', Pipeline> = {
  holds: [
    { $match: { status: { $in: ['held', 'paid'] } } },
    { $project: { _id: 0, seatId: '$seatIds', claimant: '$_id', holdId: '$_id', status: 1 } },
    ...bySeat,
  ],
  reservations: [
    { $project: { _id: 0, seatId: '$seatIds', claimant: '$_id', holdId: 1, status: { $literal: 'reserved' } } },
    ...bySeat,
  ],
};

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
