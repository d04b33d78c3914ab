import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { STAGES, STORE } from '../../core/pipeline.ts';
import { readDocument, ROOT, runNode } from './documents.ts';

/** No stage: what stages stand on, and what puts them together. */
const NO_STAGES = ['api', 'math', 'random', 'table', 'text', 'wasm', 'workers'];

test('the committed pictures are the ones drawn from core/pipeline.ts', () => {
  expect(() => runNode(['--import', 'tsx', 'scripts/pipeline-picture.mjs', '--check'])).not.toThrow();
});

test('every stage folder exists, and every stage folder of core/ is in the pipeline', () => {
  const named = [...STAGES.flatMap((stage) => stage.folders), STORE.folder];
  for (const folder of named) expect(existsSync(join(ROOT, folder)), folder).toBe(true);
  const folders = readdirSync(join(ROOT, 'core'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_STAGES.includes(entry.name))
    .map((entry) => `core/${entry.name}`);
  expect(folders.toSorted()).toEqual(named.toSorted());
});

test('a stage takes what comes from outside or what a stage before it gives', () => {
  const outside = ['log files', 'labels', 'verdicts', 'approved queries'];
  STAGES.forEach((stage, i) => {
    const given = [...outside, ...STAGES.slice(0, i).map((before) => before.gives)];
    for (const product of stage.takes) expect(given, stage.name).toContain(product);
  });
});

test('the house in ARCHITECTURE.md names every folder of the project and of core', () => {
  const house = readDocument('ARCHITECTURE.md');
  const folders = (path: string): string[] =>
    readdirSync(join(ROOT, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules|dist|coverage|bin$)/u.test(entry.name))
      .map((entry) => entry.name);
  for (const folder of [...folders('.'), ...folders('core')]) expect(house).toContain(`${folder}/`);
});
