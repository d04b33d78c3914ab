import { defineConfig } from 'vitest/config';

export const config = defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    chaiConfig: { truncateThreshold: 2000 }, // a list that should be empty is told whole
    server: { deps: { external: [/\/dist\/core\//] } },
  },
});

export default config;
