import { defineConfig } from 'vitest/config';

/** Tests of the engine's parts: they share what they import, which took a tenth of the time anew for each file. */
const ENGINE = [
  'test/{anonymize,api,detect,evaluate,explain,features,feedback,ingest,math,random,release,rules,samples,store,workers}/**/*.test.ts',
];

export const config = defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    chaiConfig: { truncateThreshold: 2000 }, // a list that should be empty is told whole
    server: { deps: { external: [/\/dist\/core\//] } },
    projects: [
      { extends: true, test: { name: 'engine', include: ENGINE, isolate: false } },
      { extends: true, test: { name: 'app', include: ['test/**/*.test.{ts,tsx}'], exclude: ENGINE } },
    ],
  },
});

export default config;
