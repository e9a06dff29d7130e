const part = encodeURIComponent;

/** The addresses of the user's pages. Ids only: tokens are never in an address. */
export const links = {
  concerts: '/',
  concert: (concertId: string) => `/concerts/${part(concertId)}`,
  waitingRoom: (concertId: string, performanceId: string) => `/concerts/${part(concertId)}/line/${part(performanceId)}`,
  seats: (concertId: string, performanceId: string) => `/concerts/${part(concertId)}/seats/${part(performanceId)}`,
  hold: (concertId: string, holdId: string) => `/concerts/${part(concertId)}/holds/${part(holdId)}`,
  points: '/points',
  tickets: '/reservations',
  ticket: (reservationId: string) => `/reservations/${part(reservationId)}`,
  /** @param next where to go once signed in */
  signIn: (next: string) => `/sign-in?next=${part(next)}`,
};
