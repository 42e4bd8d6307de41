const common = {
  rootDir: import.meta.dirname,
  transform: {
    '^.+\\.(ts|tsx|mjs|js)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          target: 'es2022',
        },
      },
    ],
  },
  // Libraries of ours that are published as ES modules, which Jest does not load by itself.
  transformIgnorePatterns: [
    '/node_modules/(?!@kubernetes/client-node/|openid-client/|oauth4webapi/|jose/|jsonpath-plus/)',
  ],
  // What an earlier run left: the test of images unpacks packages there, of which some have one name.
  modulePathIgnorePatterns: ['<rootDir>/\\.build/'],
  moduleNameMapper: { '\\.css$': '<rootDir>/__mocks__/style.mjs' },
  clearMocks: true,
};

/** Pure code is tested in Node, where there is no DOM to lean on; only components get one. */
export default {
  reporters: ['default'],
  maxWorkers: '100%',
  // Typing into a whole wizard takes seconds on a busy machine.
  testTimeout: 30_000,
  projects: [
    { ...common, displayName: 'node', testEnvironment: 'node', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'dom',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/src/**/*.spec.tsx'],
      setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
    },
    // On a real API server; run by themselves, because it has to be built and started.
    {
      ...common,
      displayName: 'hooks',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/integration-tests/hooks/*.spec.ts'],
    },
    {
      ...common,
      displayName: 'controller',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/integration-tests/controller/*.spec.ts'],
    },
    {
      ...common,
      displayName: 'bench',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/integration-tests/controller/*.bench.ts'],
    },
  ],
};
