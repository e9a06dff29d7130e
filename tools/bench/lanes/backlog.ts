import { newCommand } from '../../../shared/commands/new-command';
import { enqueue } from '../../../shared/commands/queues';
import type { Context } from '../../../shared/context';
import { native } from '../../../shared/models';

/** Stores and announces charges of many users at once, spread over all wallet lanes, as a rush would. */
export async function makeBacklog({ config, models, queues, newId, clock }: Context, commands: number): Promise<void> {
  const users = Array.from({ length: 500 }, () => newId('user'));
  const part = 1000;
  for (let made = 0; made < commands; made += part) {
    const at = new Date(clock.now());
    const group = Array.from({ length: part }, (_, i) => {
      const userId = users[(made + i) % users.length] as string;
      const request = { kind: 'points.charge', payload: { amount: 1 }, userId, key: newId('key') } as const;
      return newCommand(config, newId('job'), request, at);
    });
    await native(models, 'commands').insertMany(group, { ordered: true });
    await enqueue(queues, group, clock.now());
  }
}
