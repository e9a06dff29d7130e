import { newCommand } from '../../shared/commands/new-command';
import { native } from '../../shared/models';
import { runBatch } from '../../workers/batches/run-batch';
import { ensureLanes, takeLane } from '../../workers/lanes/lease';
import { warmUpSeconds } from '../load/closed-loop';
import type { BenchWorld } from '../stack/world';

/**
 * The other roof: the same group transactions in a bare loop, with no HTTP and no queue, on commands that are stored
 * already. Answers holds per second, after as many seconds of warming up as the product has.
 */
export async function bareTransactions({ context, halls }: BenchWorld, holds: number): Promise<number> {
  const { models, config, connection, newId } = context;
  const lane = 'reservation-00';
  const session = connection.getClient().startSession();
  await ensureLanes(models, [lane]);
  const taken = await takeLane(models, lane, 'bench', session, 600_000);
  if (!taken) throw new Error('the lane is taken');
  for (const { performanceId, seatIds } of await halls(Math.ceil(holds / 1000), 1000)) {
    const commands = seatIds.map((seatId, i) => {
      const section = `S${Math.floor(i / 500)}`;
      const payload = { concertId: 'concert_bench', performanceId, section, seatIds: [seatId] };
      const request = { kind: 'hold.place', payload, userId: `user_${seatId}`, key: seatId } as const;
      return { ...newCommand(config, newId('job'), request, new Date()), lane };
    });
    await native(models, 'commands').insertMany(commands, { ordered: false });
  }
  let begun = performance.now();
  let done = 0;
  for (let full = true, warm = false; full; ) {
    const report = await runBatch(context, session, new Map([[lane, taken.epoch]]), config.GROUP_SIZE);
    for (const { outcome } of report.decision?.decided ?? []) {
      if (outcome.status !== 'done') throw new Error(`a hold is ${outcome.status}`);
      done += 1;
    }
    full = report.full;
    if (!warm && performance.now() - begun > warmUpSeconds * 1000) {
      warm = true;
      begun = performance.now();
      done = 0;
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  await session.endSession();
  return done / seconds;
}
