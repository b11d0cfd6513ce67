/** Unit and integration tests run by default; the end-to-end suite is `--selectProjects e2e`. @type {import('jest').Config} */
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } } },
    ],
  },
  testEnvironment: 'node',
}

export default {
  // A guard against tests that hang, not a measure: a busy machine takes ten times as long to start a process.
  testTimeout: 300_000,
  // A module is never forgotten in a worker, and each git that a large process starts is slower: a fork copies its tables.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/scripts/test-order.js',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: ['/e2e/', '/node_modules/'],
    },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/__tests__/e2e/**/*.test.ts'] },
  ],
  coverageProvider: 'v8',
}
