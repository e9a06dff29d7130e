import type { CommandKind } from '../shared/commands/catalogue';
import { blockSeats } from './blocks/block-seats';
import { unblockSeats } from './blocks/unblock-seats';
import type { Handler } from './handler';
import { expireHold } from './holds/expire-hold';
import { placeHold } from './holds/place-hold';
import { releaseHold } from './holds/release-hold';
import { payHold } from './payments/pay-hold';
import { chargePoints } from './points/charge-points';
import { reversePoints } from './points/reverse-points';
import { usePoints } from './points/use-points';
import { cancelReservation } from './reservations/cancel-reservation';
import { issueReservation } from './reservations/issue-reservation';
import { closeLine } from './standby/close-line';
import { joinStandby } from './standby/join-standby';
import { leaveStandby } from './standby/leave-standby';
import { offerMade } from './standby/offer-made';

/** Who carries out each kind of command. The compiler demands one for every kind of the catalogue. */
export const handlers: { [K in CommandKind]: Handler<K> } = {
  'hold.place': placeHold,
  'hold.release': releaseHold,
  'hold.expire': expireHold,
  'seat.block': blockSeats,
  'seat.unblock': unblockSeats,
  'reservation.issue': issueReservation,
  'standby.close': closeLine,
  'standby.join': joinStandby,
  'standby.leave': leaveStandby,
  'standby.offer': offerMade,
  'points.charge': chargePoints,
  'points.use': usePoints,
  'points.reverse': reversePoints,
  'payment.pay': payHold,
  'reservation.cancel': cancelReservation,
};
