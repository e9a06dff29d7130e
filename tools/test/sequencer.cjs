const Sequencer = require('@jest/test-sequencer').default;

/** What takes longest, longest first, so that no worker is left with one of these when the others are through. */
const longest = [
  'test/model/model.test.ts',
  'test/start/start.test.ts',
  'test/web/operator-looks.test.ts',
  'test/web/viewports.test.ts',
  'test/security/fuzz.test.ts',
  'test/web/waiting-room.test.ts',
  'test/web/one-effect.test.ts',
  'test/web/operator.test.ts',
  'test/contract/errors/stores-away.test.ts',
  'test/web/problems.test.ts',
  'test/web/operator-room.test.ts',
  'test/web/accessibility.test.ts',
  'test/api/changing-seats.test.ts',
  'test/model/mongo.test.ts',
  'test/waiting-room/faults.test.ts',
  'test/model/faults.test.ts',
  'test/web/hold.test.ts',
  'test/web/board.test.ts',
  'test/client/queue.test.ts',
  'test/scale/redis-cluster.test.ts',
  'test/web/operator-commands.test.ts',
  'test/lanes/delivery.test.ts',
  'test/simulate/simulate.test.ts',
];

/** Begins with the files that take longest; the rest in jest's own order. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = longest.findIndex((name) => path.endsWith(name));
      return index < 0 ? longest.length : index;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
