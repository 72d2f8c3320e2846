export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/__tests__/**/*.test.ts'],
  // A machine that does other work as well may take several times as long.
  testTimeout: 30_000,
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
  // TypeScript writes our './x.ts' imports as './x.js'; packages keep their own .js files.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
};
