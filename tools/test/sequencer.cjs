const Sequencer = require('@jest/test-sequencer').default;

/** What takes longest, longest first, so that no worker is left with one of these when the others are through. */
const longest = [];

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
