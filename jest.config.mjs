export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // Jest leaves one core to itself by default, which is half of a small machine.
  maxWorkers: '100%',
  // A machine that does other work as well may take several times as long.
  testTimeout: 30_000,
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
