import { type Case, command, demand } from './case';

const crowd = 512;

export const charges: Case = {
  name: 'charges',
  roof: 'command',
  commands: 1,
  async prepare(world) {
    const visitors = await world.visitors(crowd, { join: false });
    return (wait) => (connection, client) => {
      const visitor = visitors[client % crowd];
      if (!visitor) return null;
      return command(connection, 'POST', '/v1/points/charges', visitor, wait, '{"amount":1}').then(
        (answer) => wait && demand(answer, '"done"'),
      ) as Promise<void>;
    };
  },
};
