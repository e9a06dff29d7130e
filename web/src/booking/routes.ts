import type { PageRoute } from '../platform/router';
import { ConcertPage } from './concerts/concert-page';
import { ConcertsPage } from './concerts/concerts-page';
import { HoldPage } from './holds/hold-page';
import { PointsPage } from './points/points-page';
import { TicketPage } from './reservations/ticket-page';
import { TicketsPage } from './reservations/tickets-page';
import { SeatsPage } from './seats/seats-page';
import { mustSignIn } from './session/must-sign-in';
import { SignInPage } from './session/sign-in-page';
import { WaitingRoomPage } from './waiting-room/waiting-room-page';

/** Every page of the user's. Their addresses are in links.ts, and for the server in entries.json. */
export const routes: readonly PageRoute[] = [
  { path: '/', page: ConcertsPage },
  { path: '/concerts/:concertId', page: ConcertPage },
  { path: '/concerts/:concertId/line/:performanceId', page: mustSignIn(WaitingRoomPage) },
  { path: '/concerts/:concertId/seats/:performanceId', page: SeatsPage },
  { path: '/concerts/:concertId/holds/:holdId', page: mustSignIn(HoldPage) },
  { path: '/points', page: mustSignIn(PointsPage) },
  { path: '/reservations', page: mustSignIn(TicketsPage) },
  { path: '/reservations/:reservationId', page: mustSignIn(TicketPage) },
  { path: '/sign-in', page: SignInPage },
];
