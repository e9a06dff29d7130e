import { runAudit } from '../../shared/audit/run-audit';
import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandRequest } from '../../shared/commands/new-command';
import { modelConfig } from '../model/config';
import { noFault } from '../model/faults/fault';
import { concertId, sections, users } from '../model/hall';
import { type MongoLab, openMongoLab } from '../model/mongo/system';

let lab: MongoLab;

beforeAll(async () => {
  lab = await openMongoLab({ ...modelConfig(), HOLD_SECONDS: 1 });
});

afterAll(() => lab.close());

const [section] = sections;

/** Everybody charges, holds and pays in turn, so that at any moment something is being changed. */
function nextRequest(turn: number, holdId: string | undefined): CommandRequest<CommandKind> {
  const common = { userId: users[turn % users.length] ?? '', key: `key-${turn}` };
  if (turn % 3 === 0) return { ...common, kind: 'points.charge', payload: { amount: 10 } };
  if (turn % 3 === 1 && holdId) return { ...common, kind: 'payment.pay', payload: { holdId } };
  const { performanceId = '', section: name = '', seatIds = [] } = section ?? {};
  const seat = seatIds.slice(turn % seatIds.length).slice(0, 1);
  return { ...common, kind: 'hold.place', payload: { concertId, performanceId, section: name, seatIds: seat } };
}

test('audits while commands are carried out name nothing', async () => {
  const system = await lab.system(noFault);
  const epochs = new Map<string, number>();
  for (const lane of system.lanes) epochs.set(lane, await system.take(0, lane));
  const { connection, models, clock } = lab.context;
  let audits = 0;
  let changed = 0;

  async function work(): Promise<void> {
    let holdId: string | undefined;
    for (let turn = 0; audits < 12; turn += 1) {
      const request = nextRequest(turn, holdId);
      await system.accept(request, 0);
      const { decision } = await system.run({ worker: 0, epochs, size: 10, mishap: 'none' });
      for (const { outcome } of decision?.decided ?? []) {
        if (outcome.status !== 'done') continue;
        changed += 1;
        if (outcome.result.holdId) holdId = String(outcome.result.holdId);
      }
    }
  }

  const working = work();
  while (audits < 12) {
    const { violations } = await runAudit({ connection, models, offsetMs: clock.offsetMs });
    expect(violations).toEqual([]);
    audits += 1;
  }
  await working;
  expect(changed).toBeGreaterThan(audits);
}, 60_000);
