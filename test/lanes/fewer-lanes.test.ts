import { newCommand } from '../../shared/commands/new-command';
import { type Context, openContext } from '../../shared/context';
import { loadConfig } from '../../shared/platform/config';
import { migrated } from '../helpers/migrated';
import { testConfig } from '../helpers/test-config';

const many = testConfig({ WALLET_LANES: '8' });
const few = loadConfig({ ...stringsOf(many), WALLET_LANES: '2' });
let before: Context;
beforeAll(async () => {
  before = await openContext(await migrated(many), 'test');
});
afterAll(() => before?.lifecycle.close());

function stringsOf(config: object): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, value === undefined ? value : String(value)]),
  );
}

/** A charge of somebody whose wallet is in a lane that two lanes don't have. */
async function charge() {
  for (let i = 0; ; i += 1) {
    const request = { kind: 'points.charge', payload: { amount: 1 }, userId: `user_${i}`, key: `${i}` } as const;
    const command = newCommand(many, before.newId('job'), request, new Date());
    if (command.lane === 'wallet-07') return before.models.commands.create(command);
  }
}

test('with fewer lanes no process starts until what waits in the others is finished', async () => {
  const { _id } = await charge();
  await expect(openContext(few, 'test')).rejects.toThrow(
    /Unfinished commands wait in wallet-07, which RESERVATION_LANES=2 and WALLET_LANES=2 leave out/,
  );
  await before.models.commands.updateOne({ _id }, { status: 'done', finishedAt: new Date() });
  // Nor while processes with more of them run.
  await before.lifecycle.close();
  await (await openContext(few, 'test')).lifecycle.close();
});
