module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // jose and ulid ship ES modules only; mongodb and OpenTelemetry use dynamic imports, which jest can't do unaided.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|ulid)/|mongodb/lib/runtime_adapters|@opentelemetry/otlp-exporter-base/)',
  ],
  testEnvironment: '<rootDir>/test/global-environment.ts',
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  // What hangs is seen by this; what is slow, by the tests that measure. A busy machine is neither.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/tools/test/sequencer.cjs',
  maxWorkers: 2,
  // Makes jest use worker processes even for one file, where what a file leaves open can be told from jest's own.
  workerIdleMemoryLimit: '1GB',
};
