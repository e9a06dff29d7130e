import { handlers } from '../../workers/handlers';
import { replayOf, type Search, searchFailure } from './check-sequences';
import { modelConfig } from './config';
import { faultsOfHandlers, faultsOfWriting } from './faults/all-faults';
import type { Fault } from './faults/fault';
import { memorySystem } from './memory/system';
import { type MongoLab, openMongoLab } from './mongo/system';
import { play } from './play/play';

let lab: MongoLab;

beforeAll(async () => {
  lab = await openMongoLab(modelConfig());
});

afterAll(() => lab.close());
afterEach(() => jest.restoreAllMocks());

/** Fixed, so that finding a fault takes the same time every time. */
const search: Search = { runs: 3000, replay: { seed: 4711 }, longest: 40, shrink: false };

function plant({ handlers: faulty = {} }: Fault): void {
  for (const kind of Object.keys(faulty) as (keyof typeof handlers)[])
    jest.replaceProperty(handlers, kind, faulty[kind] as never);
}

test.each([...faultsOfHandlers, ...faultsOfWriting])('in memory the model notices: $name', async ({ fault, shows }) => {
  plant(fault);
  const config = modelConfig();
  expect(await searchFailure((steps) => play(memorySystem(config, fault), steps), search)).toMatch(shows);
});

test.each(faultsOfWriting)(
  'on MongoDB the model notices: $name',
  async ({ fault, shows }) => {
    plant(fault);
    expect(await searchFailure(async (steps) => play(await lab.system(fault), steps), search)).toMatch(shows);
  },
  60_000,
);

test('a failure comes again, at once, from the seed that it printed', async () => {
  const [fault] = faultsOfHandlers;
  plant(fault?.fault ?? {});
  const config = modelConfig();
  const playOne: Parameters<typeof searchFailure>[0] = (steps) => play(memorySystem(config, fault?.fault ?? {}), steps);
  const failure = await searchFailure(playOne, { ...search, shrink: true });
  const printed = /FRONTROW_MODEL_SEED=(\S+)/.exec(failure ?? '')?.[1];
  const again = await searchFailure(playOne, { ...search, replay: replayOf(printed), shrink: true });
  const [first = ''] = (failure ?? '').split('\n');
  expect(first).toContain('payment.pay');
  expect(again?.split('\n')[0]).toBe(first.replace(/^After \d+/, 'After 1'));
});
