import { runAudit } from '../../workers/audit/run-audit';
import { until } from '../helpers/until';
import type { World } from '../helpers/world';

/** Closes a world at the end of its tests, once nothing is in flight. Nothing may be wrong with what is there then. */
export async function closeAudited(world: World | undefined): Promise<void> {
  if (!world) return;
  const { connection, models, clock } = world.context;
  try {
    const left = async () =>
      models.commands.find({ status: 'accepted', dueAt: { $lte: new Date(clock.now()) } }).lean();
    await until('all that is due is carried out', async () => (await left()).length === 0).catch(() => undefined);
    expect(await left()).toEqual([]);
    const { violations } = await runAudit({ connection, models, offsetMs: clock.offsetMs }, { quiet: true });
    expect(violations).toEqual([]);
  } finally {
    await world.close();
  }
}
