#!/usr/bin/env node
// `npm test`: installs what is missing, then runs everything this machine can run and names what it skipped and why.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureDesktop, ensurePage } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
ensureInstalled(root);
ensureBuilt(root);
ensurePage(root);
// The desktop is bundled for the runtime it is tested in.
const { NIGHTJAR_ELECTRON_DIST: desktopRuntime } = process.env;
if (desktopRuntime) process.env.ELECTRON_OVERRIDE_DIST_PATH = desktopRuntime;
ensureDesktop(root);

const REPORT = join(root, 'dist', '.test-report.json');
let passed = 0;
let failed = 0;
const skipped = [];
/** What failed and why, said again at the very end: a log is often read from there. */
const failures = [];

console.log('\n— npm run check');
if (spawnSync(process.execPath, ['scripts/check.mjs'], { stdio: 'inherit' }).status === 0) passed++;
else {
  failed++;
  failures.push('npm run check');
}

/**
 * What the Node can change: files, processes, threads, streams, its generator and its arithmetic. The rest drives browsers, or holds
 * texts and numbers against others that do not depend on it.
 */
const AGAIN = [
  'test/api/',
  'test/detect/autoencoder/',
  'test/detect/isolation-forest/',
  'test/features/',
  'test/ingest/',
  'test/main/',
  'test/random/',
  'test/release/samplers/',
  'test/robustness/same-seed.test.ts',
  'test/robustness/torn-commit.test.ts',
  'test/rules/run/',
  'test/samples/',
  'test/store/',
  'test/workers/',
];

/** Runs the suite on one Node, or the part of it that `only` names; counts come from Vitest's own report. */
const suite = (node, name, only = []) => {
  console.log(`\n— tests on ${name}`);
  rmSync(REPORT, { force: true });
  const { status } = spawnSync(
    node,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${REPORT}`,
      ...only,
    ],
    { stdio: 'inherit' },
  );
  if (!existsSync(REPORT)) {
    failed++;
    failures.push(`${name}: the suite ended without a report`);
    return;
  }
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  if (status !== 0 && report.numFailedTests === 0) {
    failed++;
    failures.push(`${name}: the suite ended with exit code ${status}, though no test failed`);
  }
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.message) failures.push(`${name}: ${file.name}\n${file.message}`);
    for (const test of file.assertionResults) {
      if (test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
        skipped.push(`${name}: ${test.fullName}`);
      if (test.status === 'failed')
        failures.push(`${name}: ${relative(root, file.name)}: ${test.fullName}\n${test.failureMessages.join('\n')}`);
    }
  }
};

suite(process.execPath, `Node ${process.versions.node}`);
const other = process.env.NIGHTJAR_OTHER_NODE;
if (other) {
  const version = spawnSync(other, ['-v'], { encoding: 'utf8' }).stdout?.trim();
  if (version) suite(other, `Node ${version.replace(/^v/, '')}`, AGAIN);
  else {
    failed++;
    failures.push(`NIGHTJAR_OTHER_NODE does not run: ${other}`);
  }
} else {
  skipped.push('the suite on a second Node: set NIGHTJAR_OTHER_NODE to another node binary');
}

if (skipped.length > 0) {
  console.log(`\nSkipped on this machine (${skipped.length}):`);
  for (const reason of skipped) console.log(`  ${reason}`);
}
for (const failure of failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
