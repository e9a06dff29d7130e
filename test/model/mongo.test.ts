import { runAudit } from '../../workers/audit/run-audit';
import { replayOf, runsOf, searchFailure } from './check-sequences';
import { modelConfig } from './config';
import { noFault } from './faults/fault';
import { type MongoLab, openMongoLab } from './mongo/system';
import { play } from './play/play';

const runs = runsOf('FRONTROW_MODEL_MONGO_RUNS', 300);
/** Sequences from one audit of the database itself to the next. */
const auditEvery = 20;
let lab: MongoLab;

beforeAll(async () => {
  lab = await openMongoLab(modelConfig());
});

afterAll(() => lab.close());

test(`the commit path on MongoDB does what the model does, over ${runs} random sequences`, async () => {
  const { connection, models, clock } = lab.context;
  let played = 0;
  const failure = await searchFailure(
    async (steps) => {
      await play(await lab.system(noFault), steps);
      played += 1;
      if (played % auditEvery > 0) return;
      const { violations } = await runAudit({ connection, models, offsetMs: clock.offsetMs }, { quiet: true });
      expect(violations).toEqual([]);
    },
    { runs, replay: replayOf(), longest: 32 },
  );
  expect(failure).toBeNull();
}, 1_800_000);
