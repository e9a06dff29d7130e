import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandRequest } from '../../shared/commands/new-command';
import { runAudit } from '../../workers/audit/run-audit';
import { modelConfig } from '../model/config';
import { noFault } from '../model/faults/fault';
import { concertId, sections } from '../model/hall';
import { type MongoLab, openMongoLab } from '../model/mongo/system';

let lab: MongoLab;

beforeAll(async () => {
  lab = await openMongoLab({ ...modelConfig(), HOLD_SECONDS: 1 });
});

afterAll(() => lab.close());

const [section] = sections;
const userId = 'user_ann';

/** Charges, holds, releases and now and then pays, so that at any moment something is being changed. */
function nextRequest(turn: number, holdId: string): CommandRequest<CommandKind> {
  const { performanceId = '', section: name = '', seatIds = [] } = section ?? {};
  const common = { userId, key: `key-${turn}` };
  const where = { performanceId, section: name };
  if (turn % 3 === 0) return { ...common, kind: 'points.charge', payload: { amount: 10 } };
  if (turn % 3 === 1)
    return { ...common, kind: 'hold.place', payload: { concertId, ...where, seatIds: seatIds.slice(turn % 2, 2) } };
  if (turn % 60 === 59) return { ...common, kind: 'payment.pay', payload: { holdId } };
  return { ...common, kind: 'hold.release', payload: { holdId, ...where } };
}

test('audits while commands are carried out name nothing', async () => {
  const system = await lab.system(noFault);
  const epochs = new Map<string, number>();
  for (const lane of system.lanes) epochs.set(lane, await system.take(0, lane));
  const { connection, models, clock } = lab.context;
  let over = false;
  let changed = 0;

  async function work(): Promise<void> {
    let holdId = '';
    for (let turn = 0; !over; turn += 1) {
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
  try {
    for (let audits = 0; audits < 12 || changed < 30; audits += 1) {
      const { violations } = await runAudit({ connection, models, offsetMs: clock.offsetMs });
      expect(violations).toEqual([]);
    }
  } finally {
    over = true;
    await working;
  }
}, 60_000);
