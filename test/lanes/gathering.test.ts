import { createGathering } from '../../workers/lanes/gathering';

const batchMs = 20;

/** Commands that come by a clock of their own: how many wait, and when the next ones come. */
function setUp(took = batchMs) {
  let now = 0;
  let arrivals: { at: number; commands: number }[] = [];
  const gathering = createGathering(() => now);
  const waiting = () => arrivals.reduce((sum, { at, commands }) => (at <= now ? sum + commands : sum), 0);
  const arrival = async (ms: number) => {
    const next = arrivals.find(({ at }) => at > now)?.at ?? Infinity;
    now = Math.min(now + ms, next);
  };
  return {
    /** Waits for a batch, carries it out, and answers how many it had and how long it was waited for. */
    async batch(later: { in: number; commands: number }[], mostMs = Infinity, most = 100) {
      arrivals = later.map((one) => ({ at: now + one.in, commands: one.commands }));
      const began = now;
      await gathering.wait(waiting, most, arrival, mostMs);
      const result = { commands: waiting(), waited: now - began };
      now += took;
      gathering.learn(result.commands, took);
      return result;
    },
  };
}

test('clients that ask again once they are answered are waited for, together', async () => {
  const { batch } = setUp();
  const answered = [
    { in: 0, commands: 1 },
    { in: 8, commands: 7 },
    { in: 15, commands: 8 },
  ];
  // It has yet to learn how many there are.
  for (let i = 0; i < 10; i += 1) await batch([{ in: 0, commands: 16 }]);
  expect(await batch(answered)).toEqual({ commands: 16, waited: 15 });
});

test('a lone command waits for nothing, and a batch for no longer than the last one took', async () => {
  const { batch } = setUp();
  for (let i = 0; i < 10; i += 1) expect(await batch([{ in: 0, commands: 1 }])).toEqual({ commands: 1, waited: 0 });
  for (let i = 0; i < 10; i += 1) await batch([{ in: 0, commands: 16 }]);
  expect(await batch([{ in: 0, commands: 2 }])).toEqual({ commands: 2, waited: batchMs });
});

test('however long batches take, the wait is short', async () => {
  const { batch } = setUp(500);
  for (let i = 0; i < 10; i += 1) await batch([{ in: 0, commands: 16 }]);
  expect(await batch([{ in: 0, commands: 2 }])).toEqual({ commands: 2, waited: 30 });
});

test('a full batch waits for nobody, however many came lately', async () => {
  const { batch } = setUp();
  for (let i = 0; i < 10; i += 1) await batch([{ in: 0, commands: 16 }]);
  expect(await batch([{ in: 0, commands: 8 }], Infinity, 8)).toEqual({ commands: 8, waited: 0 });
});

test('what is due meanwhile ends the wait', async () => {
  const { batch } = setUp();
  for (let i = 0; i < 10; i += 1) await batch([{ in: 0, commands: 16 }]);
  expect(await batch([{ in: 0, commands: 2 }], 3)).toMatchObject({ waited: 3 });
});
