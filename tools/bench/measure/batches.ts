import { openConnection } from '../load/connection';

/** What workers have counted: transactions, and the commands in them. */
export interface Batches {
  count: number;
  commands: number;
}

/** @param ports where the workers show their metrics */
export async function readBatches(ports: readonly number[]): Promise<Batches> {
  const all = await Promise.all(ports.map(readOne));
  const total = (of: keyof Batches) => all.reduce((sum, one) => sum + one[of], 0);
  return { count: total('count'), commands: total('commands') };
}

async function readOne(port: number): Promise<Batches> {
  const connection = await openConnection(port);
  const { body } = await connection.request('GET', '/metrics', {});
  connection.close();
  const value = (name: string) => {
    const lines = body.matchAll(new RegExp(`^frontrow_(?:group|batch)_size_${name}(?:\\{.*\\})? (\\S+)`, 'gm'));
    return Array.from(lines, ([, number]) => Number(number)).reduce((sum, number) => sum + number, 0);
  };
  return { count: value('count'), commands: value('sum') };
}
