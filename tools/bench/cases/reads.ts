import { sideBySide } from '../load/side-by-side';
import { type Case, command, demand } from './case';

const halls = 20;
const jobs = 256;

export const seatMap: Case = {
  name: 'seat map of 50 seats',
  commands: 0,
  baseline: '/seat-map',
  usesUp: false,
  async prepare(target) {
    const [visitor] = await target.visitors(1, { join: false });
    const paths = (await target.halls(halls, 50)).map(({ performanceId }) => `/v1/performances/${performanceId}/seats`);
    return () => async (connection, client) => {
      const path = paths[client % halls] ?? '';
      demand(await connection.request('GET', path, visitor?.headers ?? {}), '"seats":[');
    };
  },
};

/** Each client asks again and again for the charge of one user. */
export const jobRead: Case = {
  name: 'a job',
  commands: 0,
  baseline: '/job',
  usesUp: false,
  async prepare(target) {
    const visitors = await target.visitors(jobs, { join: false });
    const paths = await sideBySide(target.port, visitors, async (connection, visitor) => {
      const { body } = await command(connection, '/v1/points/charges', visitor, true, '{"amount":1}');
      return `/v1/jobs/${JSON.parse(body).id}`;
    });
    return () => async (connection, client) => {
      const i = client % jobs;
      demand(await connection.request('GET', paths[i] ?? '', visitors[i]?.headers ?? {}), '"status":"done"');
    };
  },
};
