import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { blocksOf, ROOT } from './documents.ts';

const directory = mkdtempSync(join(tmpdir(), 'nightjar-example-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const run = promisify(execFile);

const example = blocksOf('README.md').find((block) => block.info === 'ts')?.content ?? '';
const file = join(directory, 'example.mts');
const config = join(directory, 'tsconfig.json');
writeFileSync(file, example);
writeFileSync(
  config,
  JSON.stringify({
    extends: join(ROOT, 'tsconfig.base.json'),
    compilerOptions: {
      composite: false,
      noEmit: true,
      rootDir: '/',
      typeRoots: [join(ROOT, 'node_modules/@types')],
      paths: { nightjar: [join(ROOT, 'core/index.ts')] },
    },
    files: [file],
  }),
);

test('is about a dozen lines', () => {
  expect(example.trim().split('\n').length).toBeGreaterThan(5);
  expect(example.trim().split('\n').length).toBeLessThan(18);
});

test('has the right types', async () => {
  await run(process.execPath, [join(ROOT, 'node_modules/@typescript/native/bin/tsc'), '-p', config]);
});

// All detectors over 50,000 events, and reasons for a thousand actors: over a minute on a busy machine.
test('runs, and prints what it says', { timeout: 300_000 }, async () => {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const { stdout } = await run(process.execPath, [tsx, '--tsconfig', config, file], { cwd: ROOT });
  const lines = stdout.trim().split('\n');
  expect(lines[0]).toMatch(/^50000 events of 20\d\d actors, \d\d features$/u);
  expect(lines).toHaveLength(4);
  lines.slice(1).forEach((line, i) => {
    expect(line).toMatch(new RegExp(`^${i + 1} [A-Za-z][A-Za-z0-9]{11} \\d\\.\\d\\d [A-Z].*\\(.*actors\\)\\.$`, 'u'));
  });
});
