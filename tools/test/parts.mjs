/** The parts of the suite, by folders of test/. Each folder belongs to exactly one; test/platform/suite.test.ts checks it. */
export const parts = {
  /** What needs neither an API nor workers, but for the platform's own tests of stores. */
  unit: ['chaos', 'deploy', 'docs', 'platform'],
  /** Requests to an API, with workers behind it. */
  api: [
    'admin',
    'api',
    'board',
    'client',
    'contract',
    'desk',
    'events',
    'flows',
    'operations',
    'seating-plans',
    'security',
    'top-ups',
  ],
  /** The pages in a browser: the only part that needs Chromium. */
  web: ['web'],
  /** Who carries out what, over several workers and a Redis Cluster. */
  lanes: ['lanes', 'plans', 'scale', 'upgrades'],
  /** Random histories against models, planted faults, and the audit. */
  model: ['audit', 'model', 'waiting-room'],
  /** What is started from the command line. */
  tools: ['demo', 'migrations', 'seed', 'simulate', 'start', 'stores'],
};

/** Patterns of jest for the test files of a part. */
export const patternsOf = (part) => parts[part].map((folder) => `/test/${folder}/`);
