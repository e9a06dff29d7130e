/** The addresses of the operator's page. */
export const links = {
  overview: '/operator',
  concert: (id: string) => `/operator/concerts/${encodeURIComponent(id)}`,
  hall: (concertId: string, performanceId: string) =>
    `/operator/concerts/${encodeURIComponent(concertId)}/dates/${encodeURIComponent(performanceId)}`,
  halls: '/operator/halls',
  findStart: '/operator/find',
  find: (id: string) => `/operator/find/${encodeURIComponent(id)}`,
  commands: '/operator/commands',
  money: '/operator/money',
  actions: '/operator/actions',
  board: '/board',
} as const;
