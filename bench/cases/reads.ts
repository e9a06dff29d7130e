import { newCommand } from '../../shared/commands/new-command';
import { native } from '../../shared/models';
import type { Case } from './case';

export const seatMap: Case = {
  name: 'seat map of 50 seats',
  roof: 'seat map',
  commands: 0,
  async prepare(world) {
    const [visitor] = await world.visitors(1, { join: false });
    const halls = await world.halls(20, 50);
    return () => async (connection, client) => {
      const path = `/v1/performances/${halls[client % halls.length]?.performanceId}/seats`;
      const { status, body } = await connection.request('GET', path, {
        Authorization: visitor?.headers.Authorization ?? '',
      });
      if (status !== 200) throw new Error(`${status} ${body}`);
    };
  },
};

export const jobRead: Case = {
  name: 'a job',
  roof: 'job',
  commands: 0,
  async prepare(world) {
    const { context } = world;
    const visitors = await world.visitors(512, { join: false });
    const jobs = visitors.map(({ userId }) => {
      const request = { kind: 'points.charge', payload: { amount: 1 }, userId, key: 'read' } as const;
      const accepted = newCommand(context.config, context.newId('job'), request, new Date());
      const done = { status: 'done' as const, finishedAt: new Date(), result: { amount: 1, balance: 1 } };
      return { ...accepted, ...done };
    });
    await native(context.models, 'commands').insertMany(jobs);
    return () => async (connection, client) => {
      const i = client % jobs.length;
      const headers = { Authorization: visitors[i]?.headers.Authorization ?? '' };
      const { status, body } = await connection.request('GET', `/v1/jobs/${jobs[i]?._id}`, headers);
      if (status !== 200) throw new Error(`${status} ${body}`);
    };
  },
};
