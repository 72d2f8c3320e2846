import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Copies of the source that Stryker makes.
  modulePathIgnorePatterns: ['<rootDir>/.stryker/'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // One more than a small machine has cores: many tests wait for a server or a process. Jest would leave one core to itself.
  maxWorkers: availableParallelism() + 1,
  // Jest keeps what each file has loaded, and on Node 20 each file makes every later promise slower: a new process is faster.
  workerIdleMemoryLimit: '400MB',
  // A machine that does other work as well may take several times as long.
  testTimeout: 30_000,
  // With `--coverage` alone. What only the bundle's own process runs, or a browser, counts as not covered.
  collectCoverageFrom: ['src/**/*.ts'],
  // The other one writes into functions, of which some are sent to a browser as text.
  coverageProvider: 'v8',
  coverageReporters: ['text', 'text-summary'],
  coverageThreshold: { global: { lines: 95 } },
  // Types are removed only: `npm run lint` checks them.
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023', transform: { verbatimModuleSyntax: true } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
