import { type Case, command } from './case';

const crowd = 512;

export const charges: Case = {
  name: 'charge',
  commands: 1,
  baseline: 'direct',
  usesUp: false,
  async prepare(target) {
    const visitors = await target.visitors(crowd, { join: false });
    return (wait) => (connection, client) => {
      const visitor = visitors[client % crowd];
      if (!visitor) return null;
      return command(connection, '/v1/points/charges', visitor, wait, '{"amount":1}').then(() => {});
    };
  },
};
